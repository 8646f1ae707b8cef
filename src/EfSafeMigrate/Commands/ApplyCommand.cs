using EfSafeMigrate.Settings;
using EfSafeMigrate.Updates;
using McMaster.Extensions.CommandLineUtils;

namespace EfSafeMigrate.Commands;

/// <summary><c>dotnet safe-migrate apply</c>: applies the pending migrations up to the next gate.</summary>
internal static class ApplyCommand
{
    public static void AddTo(CommandLineApplication app) => app.Command("apply", command =>
    {
        command.Description = "Applies the pending migrations up to the next gate: locked, timed, journalled and resumable.";
        var options = new ApplyOptions(command);
        command.HelpTextGenerator = app.HelpTextGenerator;
        command.AllowArgumentSeparator = true;
        command.OnExecute(() => Program.RunAsync(options.Output, cancellation => RunAsync(options, cancellation)));
    });

    private static async Task<int> RunAsync(ApplyOptions options, CancellationToken cancellation)
    {
        options.Check();
        var settings = SettingsFile.Find(Directory.GetCurrentDirectory());
        options.Release.Check(settings, options.Update.PlanOnly);
        var consent = options.Consent.Read(settings);
        var evidence = options.Gate.Read(settings, consent.Reason);
        await using var live = await LiveProject.ToChangeAsync(options.Project, options.Database, options.Output, cancellation, mayCreate: !options.Update.PlanOnly);
        var work = new Applying(options, settings, consent, evidence, live);
        await work.SayWhereAsync(cancellation);
        var pending = await work.ChooseAsync(cancellation);
        if (pending.Changes.Migrations.Count == 0)
        {
            return await work.CloseAsync(pending.Gate, cancellation);
        }
        var (plan, facts) = await work.PlanAsync(pending, cancellation);
        if (options.Update.PlanOnly)
        {
            return ExitCode.Clean;
        }
        var code = await work.RunSafelyAsync(plan, facts, pending, cancellation);
        await (code == ExitCode.Clean ? options.Release.FollowAsync(settings, plan, live.Talk, cancellation) : Task.CompletedTask);
        return code;
    }
}
