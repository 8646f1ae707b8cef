namespace EfSafeMigrate.Engines;

/// <summary>
/// Signals that a backfill should stand still for a while; null where the engine cannot tell. A NULL in an answer means that the user may not see it.
/// </summary>
internal sealed record ThrottleForms
{
    public static readonly ThrottleForms None = new();

    /// <summary>
    /// A row for each replica: its name, the position it has applied, the position that was written here, both in bytes. Positions are compared over
    /// time by the tool: what the server itself says of a lag stands still when the replica does.
    /// </summary>
    public Ask? Replicas { get; init; }

    /// <summary>What a user needs to see the replicas and what others do.</summary>
    public string? Needs { get; init; }

    /// <summary>One row: how many transactions of others are open.</summary>
    public Ask? ActiveTransactions { get; init; }

    /// <summary>One row: seconds since the oldest transaction of others began; 0 when there is none.</summary>
    public Ask? LongestTransaction { get; init; }

    /// <summary>One row, whose last value says how many bytes of write-ahead log have been written so far.</summary>
    public Ask? LogWritten { get; init; }
}
