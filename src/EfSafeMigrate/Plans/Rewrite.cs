using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Plans;

/// <summary>One expand/contract pattern.</summary>
internal abstract class Rewrite
{
    /// <summary>The pieces for one change, or null when the pattern does not handle it.</summary>
    public abstract IReadOnlyList<Piece>? Plan(Change change, PlanContext context);
}

/// <summary>What the patterns plan with.</summary>
/// <param name="Source">The schema before.</param>
/// <param name="Target">The schema after.</param>
internal sealed record PlanContext(string Name, Engine Engine, EngineVersion Version, DatabaseModel Source, DatabaseModel Target, Decisions Decisions);

/// <summary>What a person decided.</summary>
/// <param name="Renames">Columns that keep their data under a new name.</param>
/// <param name="Separate">Old columns that are dropped, and whose look-alike starts empty.</param>
/// <param name="Fills">Values for rows that have none, as SQL, by table and column.</param>
internal sealed record Decisions(
    IReadOnlyList<RenameColumn> Renames, IReadOnlyList<(TableName Table, string Column)> Separate, IReadOnlyList<(TableName Table, string Column, string Sql)> Fills)
{
    public static readonly Decisions None = new([], [], []);
}
