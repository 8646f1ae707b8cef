using EfSafeMigrate.Updates;
using McMaster.Extensions.CommandLineUtils;

namespace EfSafeMigrate.Commands;

/// <summary><c>repair step MIGRATION</c>: a person has looked whether a command outside the transaction took effect.</summary>
internal static class RepairStep
{
    public static void AddTo(CommandLineApplication repair) => repair.Command("step", command =>
    {
        command.Description = "Says whether the command at which a migration was interrupted took effect.";
        var migration = command.Argument("MIGRATION", "The interrupted migration.");
        var project = new ProjectOptions(command, published: true);
        var database = new DatabaseOptions(command);
        var done = command.Option("--done", "It took effect: go on behind it.", CommandOptionType.NoValue);
        var notDone = command.Option("--not-done", "It did not: run it again.", CommandOptionType.NoValue);
        var reason = new ReasonOption(command, "How you know.");
        var output = new OutputOptions(command);
        command.HelpTextGenerator = repair.HelpTextGenerator;
        command.AllowArgumentSeparator = true;
        command.OnExecute(() => Program.RunAsync(output, cancellation =>
        {
            if (string.IsNullOrEmpty(migration.Value))
            {
                throw new SafeMigrateException("The migration is missing.", "dotnet safe-migrate status   names it");
            }
            if (done.HasValue() == notDone.HasValue())
            {
                throw new SafeMigrateException("Say whether the command took effect.", "add --done or --not-done");
            }
            return RunAsync(project, database, migration.Value, done.HasValue(), reason.Read(), output, cancellation);
        }));
    });

    private static async Task<int> RunAsync(
        ProjectOptions projectOptions, DatabaseOptions database, string migration, bool done, string reason, OutputOptions output, CancellationToken cancellation)
    {
        await using var live = await LiveProject.ToChangeAsync(projectOptions, database, output, cancellation);
        var id = MigrationOptions.Find(live.Migrations, migration);
        var journal = await Journal.OpenAsync(live.Session, live.Engine, cancellation);
        if (await Checkpoints.DecideAsync(live.Session, live.Engine, id, done, cancellation) is not { } command)
        {
            throw new SafeMigrateException($"`{migration}` was not interrupted in a command of which nobody knows whether it took effect.", "dotnet safe-migrate status   shows where the last run is");
        }
        await journal.AddAsync("repair", new StepDecided(id, command, done, reason), cancellation);
        live.Talk.Say($"  Command {command + 1} of {migration} {(done ? "is taken as done" : "will run again")}.");
        live.Talk.Say("  → dotnet safe-migrate apply --resume");
        return ExitCode.Clean;
    }
}
