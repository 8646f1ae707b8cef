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
}
