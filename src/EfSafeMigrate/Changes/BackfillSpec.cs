namespace EfSafeMigrate.Changes;

/// <summary>What a backfill writes: <c>UPDATE Table SET Column = Expression WHERE Column IS DISTINCT FROM Expression</c>, in keyset batches.</summary>
/// <param name="Key">Key columns, in order; none to go by the rows' places.</param>
/// <param name="Expression">SQL over the target row's own columns, and over those of <see cref="Sources"/> in subqueries.</param>
internal sealed record BackfillSpec(TableName Table, IReadOnlyList<string> Key, string Column, string Expression)
{
    /// <summary>Name of the annotation by which the tool recognises a backfill.</summary>
    public const string Annotation = "SafeMigrate:Backfill";

    /// <summary>Extra condition on the rows to look at, or null for all.</summary>
    public string? Where { get; init; }

    /// <summary>Rows that have a value keep it; the others are left out where the expression yields none.</summary>
    public bool NullsOnly { get; init; }

    /// <summary>The stored images are compared, because the type has no equality or one that takes different values for the same.</summary>
    public bool ByImage { get; init; }

    /// <summary>The trigger on the table that gives new rows their value; null where none is needed, as a default or the writers do it.</summary>
    public string? Trigger { get; init; }

    /// <summary>Rows that meet <see cref="Where"/> are written as they are: a trigger does the rest, in another table or in this one.</summary>
    public bool Touches { get; init; }

    /// <summary>The column of another table that holds the same value in linked rows; null where there is none.</summary>
    public TiedColumn? Tied { get; init; }

    /// <summary>Other tables that the expression reads: their rows are kept as they are until the batch is committed. Null for none.</summary>
    public IReadOnlyList<BackfillSource>? Sources { get; init; }
}

/// <summary>A table a backfill reads from.</summary>
/// <param name="On">SQL that ties its rows to those of the target, with both tables under their own names.</param>
internal sealed record BackfillSource(TableName Table, string On);

/// <summary>A column of linked rows in another table.</summary>
/// <param name="Key">The columns of that table which link its rows.</param>
/// <param name="To">Those of the spec's own table that they are equal to.</param>
internal sealed record TiedColumn(TableName Table, string Column, IReadOnlyList<string> Key, IReadOnlyList<string> To);
