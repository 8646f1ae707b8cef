namespace EfSafeMigrate.Engines.MySql;

/// <summary>In what batches differ between the two servers.</summary>
internal sealed record MySqlBatchTraits
{
    /// <summary>The variable of the isolation level.</summary>
    public required string Isolation { get; init; }

    /// <summary>Passes by rows that somebody holds, where the version can: a version that cannot takes it for a comment, and waits.</summary>
    public required string SkipLocked { get; init; }

    /// <summary>Fails at such rows, where the version can; null where a wait of no time does.</summary>
    public string? NoWait { get; init; }

    /// <summary>Seconds of a wait for a row, which the server counts in whole ones.</summary>
    public required Func<int, int> Seconds { get; init; }

    /// <summary>A statement that may wait for a second, whatever the session says.</summary>
    public required Func<string, string> Waits { get; init; }
}
