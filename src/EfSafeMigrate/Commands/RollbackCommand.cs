using EfSafeMigrate.Settings;
using McMaster.Extensions.CommandLineUtils;

namespace EfSafeMigrate.Commands;

/// <summary><c>dotnet safe-migrate rollback</c>: goes back to an earlier migration, and says first what that loses.</summary>
internal static class RollbackCommand
{
    public static void AddTo(CommandLineApplication app) => app.Command("rollback", command =>
    {
        command.Description = "Goes back to an earlier migration by undoing the later ones or by restoring a backup, and counts first what that loses.";
        var options = new RollbackOptions(command);
        command.HelpTextGenerator = app.HelpTextGenerator;
        command.AllowArgumentSeparator = true;
        command.OnExecute(() => Program.RunAsync(options.Output, cancellation => RunAsync(options, cancellation)));
    });

    private static async Task<int> RunAsync(RollbackOptions options, CancellationToken cancellation)
    {
        options.Check();
        var settings = SettingsFile.Find(Directory.GetCurrentDirectory());
        var consent = options.Consent.Read(settings);
        await using var live = await LiveProject.ToChangeAsync(options.Project, options.Database, options.Output, cancellation);
        var update = options.Update;
        var work = new RollingBack(new(update.Settings(settings), options.Jobs, update.LogDirectory), settings, consent, live, options.Output.Reporter(live.Talk, update.Redact));
        var target = await work.SayWhereAsync(options.Project.Environment, cancellation);
        if (options.Backup is { } folder)
        {
            return await new RestoringBack(work, target).RunAsync(folder, options.Named, update.PlanOnly, cancellation);
        }
        var undoing = await work.ChooseAsync(options.Named, cancellation);
        if (undoing.Downs.Count == 0)
        {
            return await work.CloseAsync(undoing, cancellation);
        }
        await work.RefuseAsync(undoing, target, cancellation);
        var plan = await work.PlanAsync(undoing, target, whole: update.PlanOnly, cancellation);
        return update.PlanOnly ? ExitCode.Clean : await work.RunAsync(plan, cancellation);
    }
}
