using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

/// <summary>Rows that INSERT … SELECT takes over.</summary>
internal static class Copied
{
    /// <summary>The tables that existed before the set and that the statement reads without naming their rows; none for seeds that look whether they are there.</summary>
    public static IReadOnlyList<TableName> From(Situation situation) =>
        situation.Change is InsertRows { Bounded: false } insert
            ? [.. insert.From.Where(table => !table.Matches(insert.Table) && !situation.IsNew(table) && !Sizes.IsSmall(situation.Facts.Of(table)) && situation.Before.Find(table) is { Kind: not (TableKind.View or TableKind.MaterializedView) })]
            : [];
}
