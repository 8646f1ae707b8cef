namespace EfSafeMigrate.Updates.Backfills;

/// <summary>How often a batch is tried that others were in the way of, and how soon: a few times as it is, then by halves.</summary>
internal sealed record RetrySchedule
{
    public TimeSpan First { get; init; } = TimeSpan.FromMilliseconds(50);

    public TimeSpan Cap { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>A size is tried once and so many times again.</summary>
    public int Again { get; init; } = 5;

    /// <summary>Attempts in all.</summary>
    public int Most { get; init; } = 40;

    /// <summary>A batch of so many rows is not halved any more.</summary>
    public int Smallest { get; init; } = BatchSize.Smallest;

    /// <param name="attempts">Attempts that failed so far.</param>
    /// <param name="chance">From 0 to 1: two that met part again.</param>
    public TimeSpan Pause(int attempts, double chance) =>
        TimeSpan.FromMilliseconds(Math.Min(First.TotalMilliseconds * Math.Pow(2, Math.Min(attempts, 30) - 1), Cap.TotalMilliseconds) * (0.5 + chance));

    /// <summary>What comes after an attempt that failed; null when it was the last.</summary>
    public Attempt? After(Attempt failed) =>
        failed.Number >= Most ? null
        : failed.OfSize <= Again || failed.Size <= Smallest ? failed with { Number = failed.Number + 1, OfSize = failed.OfSize + 1 }
        : new(Math.Max(Smallest, failed.Size / 2), failed.Number + 1, 1);
}

/// <param name="Size">Rows of the batch.</param>
/// <param name="Number">From 1, over all sizes.</param>
/// <param name="OfSize">From 1, with this size.</param>
internal sealed record Attempt(int Size, int Number, int OfSize)
{
    public static Attempt First(int size) => new(size, 1, 1);
}
