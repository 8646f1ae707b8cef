namespace EfSafeMigrate.Updates;

internal enum WatchSpan
{
    Before,
    During,
    After,
}

/// <summary>One thing that is watched: a query of the team, or what the engine says of itself.</summary>
/// <param name="Unit"><c>ms</c> for how long a query takes, empty for counts.</param>
internal sealed record Vital(string Name, string Unit)
{
    /// <summary>A median for durations, a mean for counts; null when there was no sample.</summary>
    public required IReadOnlyDictionary<WatchSpan, double?> Values { get; init; }

    public required IReadOnlyDictionary<WatchSpan, int> Errors { get; init; }

    public required IReadOnlyDictionary<WatchSpan, int> Timeouts { get; init; }

    /// <summary>
    /// Twice as much as before and by more than what a busy machine does by itself, or errors where there were none.
    /// </summary>
    public bool IsWorse => NewTrouble > 0 || Values[WatchSpan.Before] is { } before && Values[WatchSpan.After] is { } after && after > 2 * before && after - before > (Unit == "ms" ? 50 : 1);

    private int NewTrouble => Errors[WatchSpan.Before] + Timeouts[WatchSpan.Before] > 0 ? 0 : Errors[WatchSpan.After] + Timeouts[WatchSpan.After];
}
