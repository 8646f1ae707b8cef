namespace EfSafeMigrate.Changes;

/// <summary>Columns of one table that hold the same for two releases: either side is made of the other.</summary>
/// <param name="Old">What the running release writes.</param>
/// <param name="New">What the new release writes.</param>
internal sealed record SyncSpec(TableName Table, IReadOnlyList<SyncedColumn> Old, IReadOnlyList<SyncedColumn> New)
{
    /// <summary>Where the two differ and nobody has written either, the new side holds: the old one has just come back and is not filled yet.</summary>
    public bool NewHolds { get; init; }

    /// <summary>The columns by which a trigger that is fired once for many rows finds them.</summary>
    public IReadOnlyList<string> Key { get; init; } = [];

    /// <summary>The table's columns in either release, for SQL that names others than those of the two sides.</summary>
    public IReadOnlyList<string> Row { get; init; } = [];
}

/// <param name="Sql">The value, as SQL over the row, made of the other side.</param>
internal sealed record SyncedColumn(string Name, string Sql)
{
    /// <summary>SQL for the value of a row that is inserted with nothing on either side, or null for none.</summary>
    public string? Given { get; init; }

    /// <summary>What an INSERT that does not name the column leaves in it, where the other side may have no answer for that; null otherwise.</summary>
    public string? Left { get; init; }

    /// <summary>An INSERT with nothing on the other side has to fill it as well.</summary>
    public bool Needed { get; init; }

    /// <summary>The type's equality takes different values for the same, so that the stored images are compared; null when nobody knows.</summary>
    public bool? ByImage { get; init; }
}
