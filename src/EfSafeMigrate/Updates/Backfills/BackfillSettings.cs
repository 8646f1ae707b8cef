using EfSafeMigrate.Settings;

namespace EfSafeMigrate.Updates.Backfills;

/// <summary>How a backfill behaves; what another process tunes while it runs takes the place of the first four.</summary>
internal sealed record BackfillSettings
{
    public static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    /// <summary>How long a batch should take; null for the engine's own.</summary>
    public TimeSpan? Target { get; init; }

    /// <summary>Rows of a batch, fixed; null to go by the target.</summary>
    public int? BatchSize { get; init; }

    /// <summary>Pause after each batch; null for the engine's own.</summary>
    public TimeSpan? Pause { get; init; }

    public int Workers { get; init; } = 1;

    public OnRowError OnRowError { get; init; }

    /// <summary>What stops the batches for a while.</summary>
    public ThrottleSettings Throttles { get; init; } = new();

    /// <summary>Rows that differ at the end are written again, and looked at again.</summary>
    public bool Repair { get; init; }
}

internal enum OnRowError
{
    /// <summary>The first row that cannot be written ends the backfill; its key is named.</summary>
    Stop,

    /// <summary>Rows that cannot be written are left out and listed.</summary>
    SkipAndList,
}

/// <summary>Null for what is not looked at, but for replicas.</summary>
internal sealed record ThrottleSettings
{
    /// <summary>The slowest replica is behind by no more; zero: nobody looks; null: the usual limit, where the server lets this user see replicas.</summary>
    public TimeSpan? Lag { get; init; }

    /// <summary>Open transactions of others.</summary>
    public int? ActiveTransactions { get; init; }

    /// <summary>The age of the oldest transaction of others.</summary>
    public TimeSpan? LongestTransaction { get; init; }

    /// <summary>Bytes of write-ahead log a second.</summary>
    public long? LogRate { get; init; }

    /// <summary>As long as this file is there.</summary>
    public string? File { get; init; }

    /// <summary>As long as this query answers true, or a number other than 0, or nothing.</summary>
    public string? Query { get; init; }

    /// <summary>Only between these times of day, by the clock of this machine.</summary>
    public DayWindow? Window { get; init; }
}
