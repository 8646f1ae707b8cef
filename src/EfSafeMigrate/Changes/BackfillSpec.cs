namespace EfSafeMigrate.Changes;

/// <summary>What a backfill writes: <c>UPDATE Table SET Column = Expression WHERE Column IS DISTINCT FROM Expression</c>, in keyset batches.</summary>
/// <param name="Key">Key columns, in order.</param>
/// <param name="Expression">SQL over the target row's own columns.</param>
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
}
