namespace EfSafeMigrate.Updates;

/// <summary>One run as the journal tells it.</summary>
internal sealed record RunRecord(string Id, RunStarted Started)
{
    /// <summary>Null while it runs, or when nobody said how it ended.</summary>
    public RunEnded? Ended { get; init; }

    /// <summary>Migrations it applied, in order.</summary>
    public IReadOnlyList<StepEnded> Steps { get; init; } = [];

    /// <summary>The migration it was at last, when that step has not ended.</summary>
    public StepStarted? Open { get; init; }

    public StepFailed? Failure { get; init; }
}

internal static class RunHistory
{
    /// <summary>Every run, oldest first.</summary>
    public static IReadOnlyList<RunRecord> Of(IReadOnlyList<JournalEntry> entries)
    {
        List<RunRecord> runs = [];
        foreach (var entry in entries)
        {
            if (entry.Event is RunStarted started)
            {
                runs.Add(new RunRecord(entry.Run, started));
            }
            else if (runs.FindLastIndex(run => run.Id == entry.Run) is >= 0 and var at)
            {
                runs[at] = After(runs[at], entry.Event);
            }
        }
        return runs;
    }

    /// <summary>Why the plan cannot be tried from its beginning, as a sentence; null when it can: a migration in parts that a run began and none ended.</summary>
    public static string? HalfDone(IReadOnlyList<JournalEntry> entries, UpdatePlan plan)
    {
        var runs = Of(entries);
        return plan.Migrations.FirstOrDefault(migration => migration.InParts
            && runs.LastOrDefault(run => run.Open?.Migration == migration.Id || run.Steps.Any(step => step.Migration == migration.Id))?.Open?.Migration == migration.Id) is { } begun
            ? $"{begun.Name} is begun already, and a rehearsal would begin it again" : null;
    }

    /// <summary>Steps of which nobody said how they ended, each with its run; nothing has happened to the migration since.</summary>
    public static IReadOnlyList<(RunRecord Run, StepStarted Step)> LeftOpen(IReadOnlyList<JournalEntry> entries)
    {
        var runs = Of(entries).ToDictionary(run => run.Id);
        return
        [
            .. entries.Where(entry => entry.Event is StepStarted or StepEnded && runs.ContainsKey(entry.Run))
                .GroupBy(entry => entry.Event is StepStarted started ? started.Migration : ((StepEnded)entry.Event!).Migration).Select(each => each.Last())
                .Where(entry => entry.Event is StepStarted).Select(entry => (runs[entry.Run], (StepStarted)entry.Event!)),
        ];
    }

    /// <summary>Migrations that runs have applied, or that were there when the database was adopted, and that no run has undone since.</summary>
    public static IReadOnlySet<string> Applied(IReadOnlyList<JournalEntry> entries)
    {
        HashSet<string> applied = [];
        foreach (var happened in entries.Select(entry => entry.Event))
        {
            applied.UnionWith(happened switch { StepEnded ended and not StepUndone => [ended.Migration], Adopted adopted => adopted.Migrations, _ => [] });
            applied.ExceptWith(happened is StepUndone undone ? [undone.Migration] : []);
        }
        return applied;
    }

    private static RunRecord After(RunRecord run, RunEvent? happened) => happened switch
    {
        StepStarted step => run with { Open = step, Failure = null },
        StepEnded step => run with { Steps = [.. run.Steps, step], Open = null },
        StepFailed failed => run with { Failure = failed },
        RunEnded ended => run with { Ended = ended },
        _ => run,
    };
}
