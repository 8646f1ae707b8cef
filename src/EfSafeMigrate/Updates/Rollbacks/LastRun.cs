namespace EfSafeMigrate.Updates.Rollbacks;

/// <summary>Where a rollback leads when nobody says where.</summary>
internal static class LastRun
{
    /// <param name="ids">The project's migrations, oldest first.</param>
    /// <param name="applied">Ids in EF's history.</param>
    /// <returns>What was applied before the last run that applied something which still is; where an unfinished rollback was to lead.</returns>
    /// <exception cref="SafeMigrateException">The journal does not say.</exception>
    public static string Before(IReadOnlyList<JournalEntry> entries, IReadOnlyList<string> ids, IReadOnlyList<string> applied)
    {
        var runs = RunHistory.Of(entries);
        if (runs is [.., { Started.DownTo: { } to, Ended: not { Outcome: RunOutcome.Done } }])
        {
            return to;
        }
        var first = runs.Reverse().Where(run => run.Started.DownTo is null)
            .Select(run => ids.FirstOrDefault(id => applied.Contains(id) && run.Steps.Any(step => step.Migration == id))).FirstOrDefault(id => id is not null);
        return first is null
            ? throw new SafeMigrateException("No run of the tool has applied anything here that is still applied. Nothing was changed.", "dotnet safe-migrate rollback MIGRATION   names the one to go back to, or 0 for none", ExitCode.StoppedSafely)
            : ids.TakeWhile(id => id != first).LastOrDefault(applied.Contains) ?? Undoing.Nothing;
    }
}
