using EfSafeMigrate.Updates.Backfills;

namespace EfSafeMigrate.Updates;

/// <summary>How a run behaves where others are in its way.</summary>
internal sealed record UpdateSettings
{
    /// <summary>How long to wait for another run to end.</summary>
    public TimeSpan LockWait { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a step that everybody queues behind is tried before it gives up.</summary>
    public int Attempts { get; init; } = 30;

    /// <summary>How long to try to connect again when the connection was lost.</summary>
    public TimeSpan Reconnect { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The longest a step may hold a lock that stops others, or let one of them wait; null for no limit.</summary>
    public TimeSpan? LockBudget { get; init; }

    /// <summary>A transaction that has been open for longer was forgotten: no step waits for it.</summary>
    public TimeSpan Forgotten { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Sessions in the way of a step that everybody queues behind are ended, where that harms nobody.</summary>
    public bool KillBlockers { get; init; }

    /// <summary>Asked after the steps, by name; each has to answer, and its first value is not to be false.</summary>
    public IReadOnlyDictionary<string, string> SmokeQueries { get; init; } = new Dictionary<string, string>();

    public BackfillSettings Backfill { get; init; } = new();

    /// <summary>Statements of others are not shown.</summary>
    public bool Redact { get; init; }
}
