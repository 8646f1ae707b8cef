namespace EfSafeMigrate.Updates.Histories;

internal enum ArrivalState
{
    Applied,

    /// <summary>It was there when the database was taken in.</summary>
    Adopted,

    /// <summary>EF has it, and no run of ours applied it.</summary>
    TimeUnknown,
    NotApplied,

    /// <summary>A run took it back.</summary>
    Undone,

    /// <summary>A run applied it, and EF has it no more.</summary>
    UndoneElsewhere,
}

/// <summary>How a migration came into a database.</summary>
/// <param name="At">When the journal says it happened; null where it does not.</param>
/// <param name="By">Who did it.</param>
internal sealed record Arrival(ArrivalState State, DateTimeOffset? At, string? By)
{
    public double? Seconds { get; init; }

    /// <summary>The run in the journal.</summary>
    public string? Run { get; init; }

    /// <param name="applied">In EF's history.</param>
    public static Arrival Of(string id, IReadOnlyList<JournalEntry> entries, IReadOnlyList<string> applied)
    {
        var last = entries.LastOrDefault(entry => entry.Event switch { StepEnded ended => ended.Migration == id, Adopted adopted => adopted.Migrations.Contains(id), _ => false });
        return last?.Event is not { } happened ? new(applied.Contains(id) ? ArrivalState.TimeUnknown : ArrivalState.NotApplied, null, null)
            : new(StateOf(happened, applied.Contains(id)), happened.At, happened.By) { Seconds = (happened as StepEnded)?.Seconds, Run = last.Run };
    }

    private static ArrivalState StateOf(RunEvent happened, bool isThere) => (happened, isThere) switch
    {
        (StepUndone, true) => ArrivalState.TimeUnknown,
        (StepUndone, false) => ArrivalState.Undone,
        (_, false) => ArrivalState.UndoneElsewhere,
        (Adopted, _) => ArrivalState.Adopted,
        _ => ArrivalState.Applied,
    };
}
