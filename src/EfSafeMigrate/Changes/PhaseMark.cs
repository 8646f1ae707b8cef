namespace EfSafeMigrate.Changes;

/// <summary>What a generated migration says of itself: the plan and phase it belongs to, carried as an annotation so that a renamed class keeps it.</summary>
/// <param name="Plan">The plan's name.</param>
/// <param name="Phase">Expand, Backfill, Constrain or Contract.</param>
internal sealed record PhaseMark(string Plan, string Phase)
{
    public const string Annotation = "SafeMigrate:Phase";

    /// <summary>Sequences that advance when the old release writes.</summary>
    public IReadOnlyList<TableName> Counters { get; init; } = [];

    /// <summary>Columns that must hold their values in every row before this migration runs.</summary>
    public IReadOnlyList<BackfillSpec> Filled { get; init; } = [];

    /// <summary>Values that must be convertible in every row before this migration runs; null for none.</summary>
    public IReadOnlyList<Conversion>? Converts { get; init; }

    /// <summary>Columns whose values are kept in others until, or from, this migration on; null for none.</summary>
    public IReadOnlyList<Regrouping>? Regroups { get; init; }

    /// <summary>Columns whose values go to another table with this migration, or are kept there alone from it on; null for none.</summary>
    public IReadOnlyList<MoveSpec>? Moves { get; init; }

    /// <summary>What the migration's model has already and the held contract is to make; null for nothing.</summary>
    public IReadOnlyList<OwedName>? Owes { get; init; }
}

/// <param name="Name">Of a column, a key, an index or a check; null for whatever the table is.</param>
internal sealed record OwedName(TableName Table, string? Name);

/// <summary>Values of a column that will be kept in another type.</summary>
/// <param name="Type">The type.</param>
/// <param name="Using">The new value as SQL over the row; null for a plain cast.</param>
/// <param name="Required">No value may become NULL.</param>
internal sealed record Conversion(TableName Table, string Column, string Type, string? Using, bool Required);
