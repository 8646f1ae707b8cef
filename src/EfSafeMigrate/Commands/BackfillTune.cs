using System.Globalization;
using EfSafeMigrate.Rules;
using EfSafeMigrate.Updates.Backfills;
using McMaster.Extensions.CommandLineUtils;

namespace EfSafeMigrate.Commands;

/// <summary><c>backfill tune</c>: another pace for a backfill that runs.</summary>
internal static class BackfillTune
{
    public static void AddTo(CommandLineApplication backfill) => backfill.Command("tune", command =>
    {
        command.Description = "Gives a running backfill another pace, until it ends.";
        var name = command.Argument("NAME", "Which one; needed only when several run.");
        var tuning = new TuningOptions(command);
        var project = new ProjectOptions(command, published: true);
        var database = new DatabaseOptions(command);
        var output = new OutputOptions(command);
        command.HelpTextGenerator = backfill.HelpTextGenerator;
        command.AllowArgumentSeparator = true;
        command.OnExecute(() => Program.RunAsync(output, async cancellation =>
        {
            var given = tuning.Read();
            if (given == new BackfillTuning())
            {
                throw new SafeMigrateException("Nothing is given that could be tuned.", "add --batch-size, --batch-ms, --pause-ms or --workers");
            }
            await using var live = await LiveProject.ToChangeAsync(project, database, output, cancellation);
            var running = await RunningBackfill.FindAsync(live, "tune", name.Value, cancellation);
            await running.TuneAsync(given, cancellation);
            running.Say($"works from its next batch on with {Spoken(given)}", "dotnet safe-migrate status   shows how it fares");
            return ExitCode.Clean;
        }));
    });

    private static string Spoken(BackfillTuning given) => Say.List(
    [
        .. new[]
        {
            given.BatchSize is { } size ? $"batches of {Say.Rows(size)}" : null,
            given.TargetMilliseconds is { } target ? $"batches of about {Number(target)} ms" : null,
            given.PauseMilliseconds is { } pause ? $"pauses of {Number(pause)} ms" : null,
            given.Workers is { } workers ? $"{Number(workers)} {(workers == 1 ? "worker" : "workers")}" : null,
        }.OfType<string>(),
    ]);

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
