using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines.MySql;

/// <summary>What the provider Pomelo makes of EF's operations.</summary>
internal static class PomeloForms
{
    private const string Strategy = "MySql:ValueGenerationStrategy";

    public static readonly ProviderForms Value = new()
    {
        UseMethods = ["UseMySql", "UseMySQL"],
        Marks = ["MySql", "MySQL"],
        TypeOf = TypeOf,
        Literal = Literal,
        Commands = Commands,
    };

    private static IReadOnlyList<ProviderCommand> Commands(EfOperation operation)
    {
        var quote = MySqlQuestions.Quote;
        switch (operation.Change)
        {
            case CreateIndex create:
                return [new(Index(create, operation))];
            case AddColumn { Column.ComputedSql: null } add when Filled(operation, add.Column.Type) is { } filled:
                return [new($"ALTER TABLE {quote(add.Table.Name)} ADD {quote(add.Column.Name)} {add.Column.Type} {(add.Column.Nullable ? "NULL" : "NOT NULL")}{filled};")];
            case AlterColumn { New.ComputedSql: null } alter:
                return [new($"ALTER TABLE {quote(alter.Table.Name)} MODIFY COLUMN {quote(alter.New.Name)} {Definition(alter.New, operation)};")];
            case AlterColumn alter:
                return [new($"ALTER TABLE {quote(alter.Table.Name)} MODIFY COLUMN {quote(alter.New.Name)} {alter.New.Type} AS ({alter.New.ComputedSql}){(alter.New.Stored ? " STORED" : "")};")];
            case DropPrimaryKey drop:
                return [new($"CALL POMELO_BEFORE_DROP_PRIMARY_KEY({Schema(drop.Table)}, {Literals.Quoted(drop.Table.Name)});\nALTER TABLE {quote(drop.Table.Name)} DROP PRIMARY KEY;")];
            case AddPrimaryKey add:
                var after = add.Key.Columns is [var only] ? $"\nCALL POMELO_AFTER_ADD_PRIMARY_KEY({Schema(add.Table)}, {Literals.Quoted(add.Table.Name)}, {Literals.Quoted(only)});" : "";
                return [new($"ALTER TABLE {quote(add.Table.Name)} ADD CONSTRAINT {quote(add.Key.Name ?? "PRIMARY")} PRIMARY KEY ({string.Join(", ", add.Key.Columns.Select(quote))});{after}")];
            case AlterDatabase when operation.Text("MySql:CharSet") is { } charset && charset != operation.OldAnnotations.GetValueOrDefault("MySql:CharSet") as string:
                return [new($"ALTER DATABASE CHARACTER SET {charset};")];
            case AlterTable alter when operation.Text("MySql:CharSet") is { } charset && charset != operation.OldAnnotations.GetValueOrDefault("MySql:CharSet") as string:
                return [new($"ALTER TABLE {quote(alter.Table.Name)} CHARACTER SET = {charset};")];
            default:
                return [];
        }
    }

    private static string Definition(Column column, EfOperation operation) => string.Concat(
        column.Type,
        column.Charset is { } charset ? $" CHARACTER SET {charset}" : "",
        column.Collation is { } collation ? $" COLLATE {collation}" : "",
        column.Nullable ? " NULL" : " NOT NULL",
        Filled(operation, column.Type) is { } filled ? filled
            : column.Identity && IsInteger(column.Type) ? " AUTO_INCREMENT"
            : column.Default is { } given ? $" DEFAULT {(given.Constant ? given.Sql : $"({given.Sql})")}" : "",
        column.Comment is { } comment ? $" COMMENT {Literals.Quoted(comment)}" : "");

    /// <summary>A time that the database fills in by itself.</summary>
    private static string? Filled(EfOperation operation, string type)
    {
        if (operation.Text(Strategy) is not { } strategy || !(type.StartsWith("datetime", StringComparison.OrdinalIgnoreCase) || type.StartsWith("timestamp", StringComparison.OrdinalIgnoreCase)))
        {
            return null;
        }
        var precision = type.IndexOf('(', StringComparison.Ordinal) is >= 0 and var at ? type[at..] : "";
        return strategy.Contains("Computed", StringComparison.Ordinal) ? $" DEFAULT CURRENT_TIMESTAMP{precision} ON UPDATE CURRENT_TIMESTAMP{precision}"
            : strategy.Contains("Identity", StringComparison.Ordinal) ? $" DEFAULT CURRENT_TIMESTAMP{precision}" : null;
    }

    private static string Index(CreateIndex create, EfOperation operation)
    {
        var kind = operation.Says("MySql:FullTextIndex") ? "FULLTEXT " : operation.Says("MySql:SpatialIndex") ? "SPATIAL " : create.Index.Unique ? "UNIQUE " : "";
        var lengths = operation.Texts("MySql:IndexPrefixLength");
        var columns = create.Index.Columns.Select((column, at) => string.Concat(
            MySqlQuestions.Quote(column), lengths.ElementAtOrDefault(at) is { } length and not "0" ? $"({length})" : "", operation.IsDescending(at) ? " DESC" : ""));
        return $"CREATE {kind}INDEX {MySqlQuestions.Quote(create.Index.Name)} ON {MySqlQuestions.Quote(create.Table.Name)} ({string.Join(", ", columns)});";
    }

    private static string Schema(TableName table) => table.Schema is { } schema ? Literals.Quoted(schema) : "NULL";

    private static bool IsInteger(string type) => type.Contains("int", StringComparison.OrdinalIgnoreCase);

    private static string? TypeOf(ClrType type) => type.RowVersion ? "timestamp(6)" : type.Keyword switch
    {
        "bool" => "tinyint(1)",
        "byte" => "tinyint unsigned",
        "sbyte" => "tinyint",
        "short" => "smallint",
        "ushort" => "smallint unsigned",
        "int" => "int",
        "uint" => "int unsigned",
        "long" => "bigint",
        "ulong" => "bigint unsigned",
        "float" => "float",
        "double" => "double",
        "decimal" => $"decimal({type.Precision ?? 65},{type.Scale ?? (type.Precision is null ? 30 : 0)})",
        "string" => type.MaxLength is { } length ? $"{(type.FixedLength ? "char" : "varchar")}({length})" : type.IsKey ? "varchar(255)" : "longtext",
        "char" => "varchar(1)",
        "byte[]" => type.MaxLength is { } size ? $"varbinary({size})" : type.IsKey ? "varbinary(255)" : "longblob",
        "Guid" => "char(36)",
        "DateTime" or "DateTimeOffset" => "datetime(6)",
        "DateOnly" => "date",
        "TimeOnly" or "TimeSpan" => "time(6)",
        "json" => "json",
        _ => null,
    };

    private static string Literal(object value, string type) => value switch
    {
        bool flag => flag ? "TRUE" : "FALSE",
        string text => Literals.Quoted(text.Replace("\\", "\\\\", StringComparison.Ordinal)),
        char letter => Literals.Quoted(letter.ToString()),
        decimal number => Literals.Decimal(number),
        double number => Literals.Double(number),
        float number => Literals.Double(number),
        DateTime time when type == "date" => $"'{Literals.Format(time, "yyyy-MM-dd")}'",
        DateTime time => $"TIMESTAMP '{Literals.Format(time, "yyyy-MM-dd HH:mm:ss.FFFFFF")}'",
        DateTimeOffset time => $"TIMESTAMP '{Literals.Format(time.ToUniversalTime(), "yyyy-MM-dd HH:mm:ss.FFFFFF")}'",
        DateOnly date => $"DATE '{Literals.Format(date, "yyyy-MM-dd")}'",
        TimeOnly time => $"TIME '{Literals.Format(time, "HH:mm:ss")}'",
        TimeSpan time => $"TIME '{Literals.Format(time, "c")}'",
        Guid guid => $"'{guid}'",
        byte[] bytes => $"0x{Literals.Hex(bytes)}",
        IFormattable number => Literals.Number(number),
        _ => $"{value}",
    };
}
