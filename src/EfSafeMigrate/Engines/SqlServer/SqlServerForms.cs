using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines.SqlServer;

/// <summary>What EF's provider for SQL Server makes of the operations.</summary>
internal static class SqlServerForms
{
    public static ProviderForms Value(Func<string, string> quote) => new()
    {
        UseMethods = ["UseSqlServer", "UseAzureSql", "UseAzureSynapse"],
        Marks = ["SqlServer"],
        TypeOf = TypeOf,
        Literal = Literal,
        Commands = operation => Commands(operation, quote),
    };

    private static IReadOnlyList<ProviderCommand> Commands(EfOperation operation, Func<string, string> quote)
    {
        string Table(TableName table) => table.Schema is null ? quote(table.Name) : $"{quote(table.Schema)}.{quote(table.Name)}";
        switch (operation.Change)
        {
            case CreateIndex create:
                return [new(Index(create, operation, Table(create.Table), quote))];
            case AddPrimaryKey add:
                return [new($"ALTER TABLE {Table(add.Table)} ADD CONSTRAINT {quote(add.Key.Name ?? $"PK_{add.Table.Name}")} PRIMARY KEY {Clustered(operation)}({string.Join(", ", add.Key.Columns.Select(quote))});")];
            case AddUniqueConstraint add:
                return [new($"ALTER TABLE {Table(add.Table)} ADD CONSTRAINT {quote(add.Key.Name ?? "")} UNIQUE {Clustered(operation)}({string.Join(", ", add.Key.Columns.Select(quote))});")];
            case AddColumn { Column.ComputedSql: { } computed } add:
                return [new($"ALTER TABLE {Table(add.Table)} ADD {quote(add.Column.Name)} AS {computed}{(add.Column.Stored ? " PERSISTED" : "")};")];
            case AddColumn add:
                return [new($"ALTER TABLE {Table(add.Table)} ADD {quote(add.Column.Name)} {Definition(add.Column)};")];
            case AlterColumn { Old: { } old } alter:
                return [new(Altered(alter, old, operation, Table(alter.Table), quote))];
            default:
                return [];
        }
    }

    /// <summary>The provider takes every index of the column away for any change of type, collation or nullability, and builds it again.</summary>
    private static string Altered(AlterColumn alter, Column old, EfOperation operation, string table, Func<string, string> quote)
    {
        var column = quote(alter.New.Name);
        var replaced = alter.New.ComputedSql is not null && (alter.New.ComputedSql != old.ComputedSql || alter.New.Stored != old.Stored);
        var indexes = replaced || alter.ChangesType || alter.ChangesCollation || alter.BecomesRequired
            ? operation.Model.Find(alter.Table)?.Indexes.Where(index => index.Columns.Contains(alter.New.Name) || index.Include.Contains(alter.New.Name)).ToArray() ?? [] : [];
        return string.Join('\n', (string[])
        [
            .. indexes.Select(index => $"DROP INDEX {quote(index.Name)} ON {table};"),
            .. replaced ? [$"ALTER TABLE {table} DROP COLUMN {column};", $"ALTER TABLE {table} ADD {column} AS {alter.New.ComputedSql}{(alter.New.Stored ? " PERSISTED" : "")};"] : Array.Empty<string>(),
            .. !replaced && alter is { BecomesRequired: true, New.Default.Sql: { } given } ? [$"UPDATE {table} SET {column} = {given} WHERE {column} IS NULL;"] : Array.Empty<string>(),
            .. indexes.Select(index => $"CREATE {(index.Unique ? "UNIQUE " : "")}INDEX {quote(index.Name)} ON {table} ({string.Join(", ", index.Columns.Select(quote))}){Behind(index.Include, index.Filter, quote)};"),
        ]);
    }

    /// <summary>A row's version is the server's: the provider gives it no default.</summary>
    private static string Definition(Column column) => string.Concat(
        column.Type,
        column.Collation is { } collation ? $" COLLATE {collation}" : "",
        column.Nullable ? " NULL" : " NOT NULL",
        column.Type is "rowversion" or "timestamp" || column.Default is not { } given ? "" : given.Constant ? $" DEFAULT {given.Sql}" : $" DEFAULT ({given.Sql})",
        column.Identity ? " IDENTITY" : "");

    private static string Index(CreateIndex create, EfOperation operation, string table, Func<string, string> quote) => string.Concat(
        create.Index.Unique ? "CREATE UNIQUE " : "CREATE ",
        Clustered(operation),
        $"INDEX {quote(create.Index.Name)} ON {table} (",
        string.Join(", ", create.Index.Columns.Select((column, at) => operation.IsDescending(at) ? $"{quote(column)} DESC" : quote(column))),
        ")",
        Behind(operation.Texts("SqlServer:Include"), create.Index.Filter, quote),
        Options(operation),
        ";");

    private static string Behind(IReadOnlyList<string> include, string? filter, Func<string, string> quote) =>
        $"{(include.Count > 0 ? $" INCLUDE ({string.Join(", ", include.Select(quote))})" : "")}{(filter is { Length: > 0 } ? $" WHERE {filter}" : "")}";

    private static string Clustered(EfOperation operation) => operation.Annotations.GetValueOrDefault("SqlServer:Clustered") switch
    {
        true => "CLUSTERED ",
        false => "NONCLUSTERED ",
        _ => "",
    };

    private static string Options(EfOperation operation)
    {
        string[] options =
        [
            .. operation.Annotations.GetValueOrDefault("SqlServer:FillFactor") is int factor ? [$"FILLFACTOR = {factor}"] : Array.Empty<string>(),
            .. operation.Says("SqlServer:Online") ? ["ONLINE = ON"] : Array.Empty<string>(),
            .. operation.Says("SqlServer:SortInTempDb") ? ["SORT_IN_TEMPDB = ON"] : Array.Empty<string>(),
            .. operation.Text("SqlServer:DataCompression") is { } compression ? [$"DATA_COMPRESSION = {compression.ToUpperInvariant()}"] : Array.Empty<string>(),
        ];
        return options.Length == 0 ? "" : $" WITH ({string.Join(", ", options)})";
    }

    private static string? TypeOf(ClrType type) => type.RowVersion ? "rowversion" : type.Keyword switch
    {
        "bool" => "bit",
        "byte" => "tinyint",
        "short" or "sbyte" => "smallint",
        "int" or "ushort" => "int",
        "long" or "uint" => "bigint",
        "float" => "real",
        "double" => "float",
        "decimal" => $"decimal({type.Precision ?? 18},{type.Scale ?? (type.Precision is null ? 2 : 0)})",
        "string" => $"{(type.Unicode == false ? "" : "n")}{(type.FixedLength ? "char" : "varchar")}({(type.MaxLength is { } length && length <= (type.Unicode == false ? 8000 : 4000) ? $"{length}" : type.IsKey ? type.Unicode == false ? "900" : "450" : "max")})",
        "char" => "nvarchar(1)",
        "byte[]" => $"varbinary({(type.MaxLength is { } size and <= 8000 ? $"{size}" : type.IsKey ? "900" : "max")})",
        "Guid" => "uniqueidentifier",
        "DateTime" => "datetime2",
        "DateTimeOffset" => "datetimeoffset",
        "DateOnly" => "date",
        "TimeOnly" or "TimeSpan" => "time",
        "json" => "nvarchar(max)",
        _ => null,
    };

    private static string Literal(object value, string type) => value switch
    {
        bool flag => $"CAST({(flag ? 1 : 0)} AS bit)",
        string text => $"{(type.StartsWith('n') || type.Length == 0 ? "N" : "")}{Literals.Quoted(text)}",
        char letter => $"N{Literals.Quoted(letter.ToString())}",
        decimal number => Literals.Decimal(number),
        double number => Literals.Format(number, "G17") + "E0",
        float number => $"CAST({Literals.Format(number, "G9")} AS real)",
        byte number => $"CAST({number} AS tinyint)",
        short number => $"CAST({number} AS smallint)",
        long number => $"CAST({number} AS bigint)",
        DateTime time when type == "date" => $"'{Literals.Format(time, "yyyy-MM-dd")}'",
        DateTime time => $"'{Literals.Format(time, type is "datetime" or "smalldatetime" ? "yyyy-MM-ddTHH:mm:ss.fff" : "yyyy-MM-ddTHH:mm:ss.fffffff")}'",
        DateTimeOffset time => $"'{Literals.Format(time, "yyyy-MM-ddTHH:mm:ss.fffffffzzz")}'",
        DateOnly date => $"'{Literals.Format(date, "yyyy-MM-dd")}'",
        TimeOnly time => $"'{Literals.Format(time, "HH:mm:ss")}'",
        TimeSpan time => $"'{Literals.Format(time, "c")}'",
        Guid guid => $"'{guid}'",
        byte[] bytes => $"0x{Literals.Hex(bytes)}",
        IFormattable number => Literals.Number(number),
        _ => $"{value}",
    };
}
