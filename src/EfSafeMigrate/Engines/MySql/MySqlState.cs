using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines.MySql;

/// <summary>What the session and the schema say that an alteration depends on.</summary>
internal static class MySqlState
{
    /// <summary>Foreign keys are checked unless the session says otherwise.</summary>
    public static bool ChecksKeys(this ServerState state) =>
        state.Settings.GetValueOrDefault("foreign_key_checks")?.Trim('\'', '"').ToUpperInvariant() is not ("0" or "OFF" or "FALSE");

    public static bool IsStrict(this ServerState state) =>
        state.Settings.GetValueOrDefault("sql_mode") is not { } mode
        || mode.Contains("STRICT_", StringComparison.OrdinalIgnoreCase) || mode.Contains("TRADITIONAL", StringComparison.OrdinalIgnoreCase) || mode.Contains('@', StringComparison.Ordinal);

    public static IEnumerable<IReadOnlyList<string>> Keys(this Table table) =>
        table.Indexes.Select(index => index.Columns)
            .Concat(table.UniqueConstraints.Append(table.PrimaryKey).OfType<Key>().Select(key => key.Columns));

    /// <summary>Rows are stored in the order of such a key when the primary one is gone.</summary>
    public static bool HasOtherKey(this Table table) =>
        table.Indexes.Where(index => index.Unique).Select(index => index.Columns).Concat(table.UniqueConstraints.Select(key => key.Columns))
            .Any(columns => columns.All(column => table.Column(column)?.Nullable == false));

    public static bool IsIndexed(this Table table, string column) => table.Keys().Any(columns => columns.Contains(column));

    public static bool HasFullText(this Table? table) => table?.Indexes.Any(index => index.Method == "FULLTEXT") == true;

    /// <summary>The hidden column stays until the rows are written anew.</summary>
    public static bool HadFullText(this Table? table) => table.Option(Table.LeftByFullText) is not null;

    public static string? Option(this Table? table, string name) => table?.Options.FirstOrDefault(option => option.Name == name)?.Value;

    /// <summary>Rows that are kept compressed have no place for the note of an instant change.</summary>
    public static bool IsCompressed(this Table? table) =>
        string.Equals(table.Option("ROW_FORMAT"), "COMPRESSED", StringComparison.OrdinalIgnoreCase) || table.Option("KEY_BLOCK_SIZE") is not (null or "0");

    /// <summary>Where a table names no engine it has InnoDB.</summary>
    public static bool IsDefaultEngine(string? engine) => engine is null || engine.Equals("InnoDB", StringComparison.OrdinalIgnoreCase);

    /// <summary>The table and its columns have the character set already.</summary>
    public static bool IsAllIn(this Table? table, string? charset) =>
        charset is not null && table is not null && string.Equals(table.Option("CHARACTER SET"), charset, StringComparison.OrdinalIgnoreCase)
        && table.Option("COLLATE") is null && table.Columns.All(column => column is { Charset: null, Collation: null });

    /// <summary>The foreign key that stops the column's type from changing, or the column from going.</summary>
    public static string? KeyOver(this DatabaseModel model, TableName name, string column) =>
        model.Find(name)?.ForeignKeys.FirstOrDefault(key => key.Columns.Contains(column))?.Name ?? model.KeyOnto(name, column);

    public static string? KeyOnto(this DatabaseModel model, TableName name, string column) =>
        model.ReferencesTo(name).Where(reference => reference.ForeignKey.PrincipalColumns.Contains(column))
            .Select(reference => reference.ForeignKey.Name ?? $"the foreign key of {reference.Table.Name}").FirstOrDefault();

    /// <summary>The foreign key that loses its only index with this one.</summary>
    public static string? KeyNeeding(this Table? table, string index)
    {
        var columns = table?.Indexes.FirstOrDefault(each => each.Name == index)?.Columns
            ?? table?.UniqueConstraints.FirstOrDefault(each => each.Name == index)?.Columns;
        if (table is null || columns is null)
        {
            return null;
        }
        var others = table.Keys().Where(each => !ReferenceEquals(each, columns)).ToArray();
        return table.ForeignKeys.FirstOrDefault(key => Leads(columns, key) && !others.Any(other => Leads(other, key)))?.Name;
    }

    public static bool Leads(IReadOnlyList<string> index, ForeignKey key) =>
        index.Count >= key.Columns.Count && index.Take(key.Columns.Count).SequenceEqual(key.Columns, StringComparer.OrdinalIgnoreCase);
}
