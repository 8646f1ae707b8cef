namespace EfSafeMigrate.Changes;

/// <summary>Columns whose values are kept in others: one split into several, several merged into one, or any number into any other.</summary>
internal sealed record Regrouping(TableName Table, IReadOnlyList<RegroupedColumn> Old, IReadOnlyList<RegroupedColumn> New);

/// <param name="Sql">The value of the type, as SQL over the columns of the other side.</param>
/// <param name="Required">It cannot be NULL.</param>
internal sealed record RegroupedColumn(string Name, string Type, string Sql, bool Required);
