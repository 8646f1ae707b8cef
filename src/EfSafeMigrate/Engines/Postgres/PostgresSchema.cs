using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines.Postgres;

/// <summary>Questions to the schema that decide what a change costs.</summary>
internal static class PostgresSchema
{
    /// <summary>The table and its partitions, partitions of partitions included.</summary>
    public static IEnumerable<TableName> Tree(this DatabaseModel model, TableName table) =>
        model.PartitionsOf(table).SelectMany(partition => model.Tree(partition.Name)).Prepend(table);

    public static IEnumerable<Table> PartitionsOf(this DatabaseModel model, TableName table) =>
        model.Tables.Where(other => other.PartitionOf is { } parent && model.Same(parent, table));

    public static bool IsPartitioned(this DatabaseModel model, TableName table) =>
        model.Find(table)?.Kind == TableKind.Partitioned;

    public static bool Same(this DatabaseModel model, TableName one, TableName other) =>
        one == other || (model.Find(one) is { } found && ReferenceEquals(found, model.Find(other)));

    /// <summary>Tables whose foreign keys point at one of the columns; all inbound keys when no columns are given.</summary>
    public static IEnumerable<TableName> Children(this DatabaseModel model, TableName principal, params string[] columns) =>
        from reference in model.ReferencesTo(principal)
        where !model.Same(reference.Table.Name, principal)
        where columns.Length == 0 || reference.ForeignKey.PrincipalColumns.Intersect(columns).Any()
        select reference.Table.Name;

    /// <summary>Tables that the table's foreign keys point at; only keys over the columns, when columns are given.</summary>
    public static IEnumerable<TableName> Principals(this DatabaseModel model, TableName table, params string[] columns) =>
        from foreignKey in model.Find(table)?.ForeignKeys ?? []
        where !model.Same(foreignKey.Principal, table)
        where columns.Length == 0 || foreignKey.Columns.Intersect(columns).Any()
        select foreignKey.Principal;

    public static bool IsKey(this Table table, string name) =>
        table.PrimaryKey?.Name == name || table.UniqueConstraints.Any(key => key.Name == name);

    public static bool HasIndexes(this Table table) =>
        table.PrimaryKey is not null || table.UniqueConstraints.Count > 0 || table.Indexes.Count > 0;

    /// <summary>A validated CHECK proves that the column has no NULL: PostgreSQL 12 and later then need no scan.</summary>
    public static bool ProvesNotNull(this Table table, string column) =>
        table.Checks.Any(check => check.Validated && SqlText.RequiresNotNull(check.Sql, column));

    /// <summary>The table a sequence feeds: an identity or serial column, found by the name PostgreSQL gives its sequence.</summary>
    public static Table? OwnerOfSequence(this DatabaseModel model, string sequence) =>
        model.Tables.FirstOrDefault(table => table.Columns.Any(column =>
            $"{table.Name.Name}_{column.Name}_seq" == sequence
            || column.Default?.Sql.Contains($"'{sequence}'", StringComparison.Ordinal) == true));

    /// <summary>Tables and views that a query mentions.</summary>
    public static IEnumerable<TableName> ReadBy(this DatabaseModel model, string sql) =>
        model.Tables.Where(table => sql.Mentions(table.Name.Name)).Select(table => table.Name);
}
