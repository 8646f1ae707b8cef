using EfSafeMigrate.Updates.Backfills;
using McMaster.Extensions.CommandLineUtils;

namespace EfSafeMigrate.Commands;

/// <summary><c>backfill pause</c>, <c>unpause</c> and <c>cancel</c>: what a person wants, written where the run looks for it.</summary>
internal static class BackfillControl
{
    public static void AddTo(CommandLineApplication backfill)
    {
        Add(backfill, "pause", "Holds a backfill after the batch it is at.", BackfillWish.Pause, "stands still after the batch it is at", "dotnet safe-migrate backfill unpause   lets it go on");
        Add(backfill, "unpause", "Lets a backfill go on that was paused.", BackfillWish.Run, "goes on, unless something else holds it", "dotnet safe-migrate status   shows it");
        Add(backfill, "cancel", "Ends a backfill after the batch it is at; a later run goes on behind it.", BackfillWish.Cancel, "ends after the batch it is at, and keeps what is done", "the same command again goes on where it ended");
    }

    private static void Add(CommandLineApplication backfill, string verb, string description, BackfillWish wish, string effect, string next) => backfill.Command(verb, command =>
    {
        command.Description = description;
        var name = command.Argument("NAME", "Which one; needed only when several run.");
        var project = new ProjectOptions(command, published: true);
        var database = new DatabaseOptions(command);
        var output = new OutputOptions(command);
        command.HelpTextGenerator = backfill.HelpTextGenerator;
        command.AllowArgumentSeparator = true;
        command.OnExecute(() => Program.RunAsync(output, async cancellation =>
        {
            await using var live = await LiveProject.ToChangeAsync(project, database, output, cancellation);
            var running = await RunningBackfill.FindAsync(live, verb, name.Value, cancellation);
            await running.WantAsync(wish, cancellation);
            running.Say(effect, next);
            return ExitCode.Clean;
        }));
    });
}
