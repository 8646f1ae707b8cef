namespace EfSafeMigrate.Changes;

/// <summary>What EF's model says of a schema, in one order, so that two of them can be compared.</summary>
internal static class SchemaText
{
    public static string Of(DatabaseModel model) => string.Join('\n', Sorted(model.Tables.Select(Of)).Concat(Sorted(model.Enums.Select(type => $"{type.Schema}.{type.Name}: {string.Join(", ", type.Values)}"))));

    private static string Of(Table table) => string.Join("\n  ", new[] { $"{table.Name} {Of("key", table.PrimaryKey)}" }
        .Concat(Sorted(table.Columns.Select(Of)))
        .Concat(Sorted(table.UniqueConstraints.Select(key => Of("unique", key))))
        .Concat(Sorted(table.ForeignKeys.Select(key => $"{key.Name} ({string.Join(", ", key.Columns)}) to {key.Principal} ({string.Join(", ", key.PrincipalColumns)}) {key.OnDelete}")))
        .Concat(Sorted(table.Indexes.Select(index => $"{index.Name} ({string.Join(", ", index.Columns)}) {index.Unique} {index.Filter} {index.Method}")))
        .Concat(Sorted(table.Checks.Select(check => $"{check.Name} {check.Sql}")))
        .Concat(Sorted(table.Triggers)));

    private static string Of(Column column) =>
        $"{column.Name} {column.Type} {column.Nullable} {column.Default} {column.ComputedSql} {column.Stored} {column.Collation} {column.Charset} {column.Comment} {column.Identity}";

    private static string Of(string kind, Key? key) => key is null ? "" : $"{kind} {key.Name} ({string.Join(", ", key.Columns)})";

    private static IEnumerable<string> Sorted(IEnumerable<string> texts) => texts.Order(StringComparer.Ordinal);
}
