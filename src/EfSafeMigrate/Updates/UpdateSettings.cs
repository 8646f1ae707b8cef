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

    /// <summary>Statements of others are not shown.</summary>
    public bool Redact { get; init; }
}
