using EfSafeMigrate.Engines;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Sessions;
using EfSafeMigrate.Updates;
using EfSafeMigrate.Updates.Preflight;
using McMaster.Extensions.CommandLineUtils;

namespace EfSafeMigrate.Commands;

/// <summary><c>dotnet safe-migrate repair lock</c>: gives back EF's own lock when its owner is gone.</summary>
internal static class RepairLock
{
    private const int AskSeconds = 15;

    public static void AddTo(CommandLineApplication repair) => repair.Command("lock", command =>
    {
        command.Description = "Gives back EF's own migration lock, which a killed process leaves on SQLite.";
        var project = new ProjectOptions(command, published: true);
        var database = new DatabaseOptions(command);
        var yes = command.Option("-y|--yes", "Do not ask.", CommandOptionType.NoValue);
        var output = new OutputOptions(command);
        command.HelpTextGenerator = repair.HelpTextGenerator;
        command.AllowArgumentSeparator = true;
        command.OnExecute(() => Program.RunAsync(output, cancellation => RunAsync(project, database, yes.HasValue(), output, cancellation)));
    });

    private static async Task<int> RunAsync(ProjectOptions projectOptions, DatabaseOptions database, bool yes, OutputOptions output, CancellationToken cancellation)
    {
        await using var live = await LiveProject.ToChangeAsync(projectOptions, database, output, cancellation);
        var (session, engine, talk) = (live.Session, live.Engine, live.Talk);
        if (engine.Updates.Preflight.EfLock is not { } forms)
        {
            talk.Say($"  On {engine.Name} EF's lock ends with its session; there is nothing to give back.");
            return ExitCode.Clean;
        }
        var held = await HeldAsync(session, forms, cancellation);
        if (held is null)
        {
            talk.Say("  EF's lock is free.");
            return ExitCode.Clean;
        }
        if (await RunLock.HolderAsync(session, engine, cancellation) is { IsDead: false, IsLate: false } holder)
        {
            throw new SafeMigrateException(
                $"A run is at work on {session.Target} since {holder.Since:yyyy-MM-dd HH:mm:ss} UTC (process {holder.Process} on {holder.Host}), and EF's lock is its own.", "dotnet safe-migrate status   shows where it is", ExitCode.StoppedSafely);
        }
        talk.Say($"  {EfLockCheck.Spoken(held)}.");
        if (!yes && !await IsAgreedAsync(session.Target, cancellation))
        {
            throw new SafeMigrateException("EF's lock is as it was.", "dotnet safe-migrate repair lock --yes   gives it back, when no process migrates this database", ExitCode.StoppedSafely);
        }
        await session.RunAsync([new StatementMessage(forms.Clear)], transaction: true, cancellation);
        talk.Say("  EF's lock was given back.");
        return ExitCode.Clean;
    }

    private static async Task<IReadOnlyList<string?>?> HeldAsync(Session session, EfLockForms forms, CancellationToken cancellation)
    {
        var exists = await session.QueryAsync(forms.Exists.Sql, forms.Exists.Parameters, AskSeconds, cancellation);
        return exists.Rows.Count > 0 && (await session.QueryAsync(forms.Held.Sql, forms.Held.Parameters, AskSeconds, cancellation)).Rows is [var held, ..] ? held : null;
    }

    private static async Task<bool> IsAgreedAsync(string target, CancellationToken cancellation) =>
        Terminal.Prompt is { } ask && (await ask($"Does no process migrate {target} now? [y/N]", cancellation))?.Trim() is "y" or "Y" or "yes";
}
