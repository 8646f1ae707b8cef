using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Updates.Backfills;

/// <summary>What a backfill tells while it runs.</summary>
internal abstract record BackfillNews;

/// <summary>How far it is.</summary>
/// <param name="Walked">Rows that were looked at, over all runs.</param>
/// <param name="Changed">Rows that were written.</param>
/// <param name="Total">About how many there are.</param>
internal sealed record BackfillProgress(string Name, long Walked, long Changed, long Total) : BackfillNews
{
    /// <summary>Rows looked at in a second, lately.</summary>
    public double Rate { get; init; }

    /// <summary>Null while there is nothing to tell it from.</summary>
    public TimeSpan? Left { get; init; }

    /// <summary>Rows of the next batch.</summary>
    public int Batch { get; init; }

    /// <summary>How long the last one took.</summary>
    public TimeSpan Took { get; init; }

    /// <summary>Of the slowest replica; null when nobody looks.</summary>
    public TimeSpan? Lag { get; init; }

    /// <summary>Batches that met rows somebody else held.</summary>
    public int LockWaits { get; init; }

    /// <summary>Rows that could not be written and were left out.</summary>
    public int Quarantined { get; init; }

    /// <summary>Why it stands still, as a clause; null while it works.</summary>
    public string? Held { get; init; }

    /// <summary>Every row was walked over.</summary>
    public bool IsDone { get; init; }

    /// <summary>From 0 to 100; 100 only at the end.</summary>
    public double Percent => IsDone ? 100 : Total <= 0 ? 0 : Math.Min(99.9, 100.0 * Walked / Total);
}

/// <summary>Something a person should know of it.</summary>
internal sealed record BackfillNote(string Name, string Text) : BackfillNews;

/// <summary>A batch is tried again after the pause.</summary>
internal sealed record BatchPutOff(string Name, int Attempt, string Reason, TimeSpan Pause) : BackfillNews;

/// <summary>A row that could not be written.</summary>
internal sealed record RowSetAside(string Name, IReadOnlyList<string> Key, string Message) : BackfillNews;

/// <summary>All rows were walked over.</summary>
internal sealed record BackfillDrained(string Name, long Walked, long Changed, TimeSpan Took) : BackfillNews;

/// <summary>How far the look at the result is.</summary>
/// <param name="Rows">Rows that were compared.</param>
/// <param name="Total">Rows of the table.</param>
internal sealed record VerifyProgress(string Name, long Rows, long Total, int Chunks, TimeSpan Took) : BackfillNews;

/// <summary>Rows of a part of the table have another value than the expression says.</summary>
internal sealed record ChunkDiffers(string Name, DifferingChunk Chunk) : BackfillNews;

/// <summary>They were written again, and are right now.</summary>
internal sealed record ChunkRepaired(string Name, KeyRange Range, long Written) : BackfillNews;
