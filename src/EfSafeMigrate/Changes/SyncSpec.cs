namespace EfSafeMigrate.Changes;

/// <summary>Two columns of one table that hold the same value for two releases.</summary>
/// <param name="Up">SQL over the row that makes the new value; the old column is written <c>{old}</c>.</param>
/// <param name="Down">SQL that makes the old value; the new column is written <c>{new}</c>.</param>
internal sealed record SyncSpec(TableName Table, string Old, string New, string Up, string Down)
{
    /// <summary>SQL for the new value of a row that is inserted with neither, or null for none.</summary>
    public string? Given { get; init; }

    /// <summary>The default of the old column, where <see cref="Up"/> may have no answer for it; null otherwise.</summary>
    public string? Left { get; init; }

    /// <summary>Where the two differ and nobody has written either, the new one holds: the old one has just come back and is not filled yet.</summary>
    public bool NewHolds { get; init; }

    /// <summary>The table's columns in either release, for SQL that names others than the pair.</summary>
    public IReadOnlyList<string> Row { get; init; } = [];

    /// <summary>The type's equality takes different values for the same, so that the stored images are compared; null when nobody knows.</summary>
    public bool? ByImage { get; init; }
}
