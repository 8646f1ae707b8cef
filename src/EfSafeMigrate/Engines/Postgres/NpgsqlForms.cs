using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines.Postgres;

/// <summary>What Npgsql's provider makes of EF's operations.</summary>
internal static class NpgsqlForms
{
    private const string Enum = "Npgsql:Enum:";
    private const string Extension = "Npgsql:PostgresExtension:";

    public static ProviderForms Value(Func<string, string> quote) => new()
    {
        UseMethods = ["UseNpgsql"],
        Marks = ["Npgsql"],
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
                return [new(Index(create, operation, Table(create.Table), quote), operation.Says("Npgsql:CreatedConcurrently"))];
            case AddColumn { Column.ComputedSql: { } computed } add:
                return [new($"ALTER TABLE {Table(add.Table)} ADD {quote(add.Column.Name)} {add.Column.Type} GENERATED ALWAYS AS ({computed}) STORED;")];
            case AlterColumn { Old: { } old } alter when old.ComputedSql != alter.New.ComputedSql && alter.New.ComputedSql is { } computed:
                return [new($"ALTER TABLE {Table(alter.Table)} DROP COLUMN {quote(alter.New.Name)};\nALTER TABLE {Table(alter.Table)} ADD {quote(alter.New.Name)} {alter.New.Type} GENERATED ALWAYS AS ({computed}) STORED;")];
            case AlterColumn { Old.Nullable: true, New: { Nullable: false, Default.Sql: { } given } } alter:
                return [new($"UPDATE {Table(alter.Table)} SET {quote(alter.New.Name)} = {given} WHERE {quote(alter.New.Name)} IS NULL;")];
            case AlterDatabase:
                return [.. Extensions(operation, quote), .. Enums(operation, quote)];
            default:
                return [];
        }
    }

    private static string Index(CreateIndex create, EfOperation operation, string table, Func<string, string> quote)
    {
        var method = operation.Text("Npgsql:IndexMethod");
        var operators = operation.Texts("Npgsql:IndexOperators");
        var collations = operation.Texts("Relational:Collation");
        var nulls = operation.Texts("Npgsql:IndexNullSortOrder");
        var columns = create.Index.Columns.Select((column, at) => string.Concat(
            quote(column),
            collations.ElementAtOrDefault(at) is { Length: > 0 } collation ? $" COLLATE {quote(collation)}" : "",
            operators.ElementAtOrDefault(at) is { Length: > 0 } way ? $" {way}" : "",
            operation.IsDescending(at) ? " DESC" : "",
            nulls.ElementAtOrDefault(at) switch { "NullsFirst" => " NULLS FIRST", "NullsLast" => " NULLS LAST", _ => "" }));
        var list = operation.Text("Npgsql:TsVectorConfig") is { } config
            ? $"to_tsvector('{config}', {string.Join(" || ' ' || ", create.Index.Columns.Select(column => $"coalesce({quote(column)}, '')"))})"
            : string.Join(", ", columns);
        return string.Concat(
            create.Index.Unique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ",
            operation.Says("Npgsql:CreatedConcurrently") ? "CONCURRENTLY " : "",
            quote(create.Index.Name), " ON ", table,
            method is null ? "" : $" USING {method}",
            $" ({list})",
            operation.Texts("Npgsql:IndexInclude") is { Count: > 0 } more ? $" INCLUDE ({string.Join(", ", more.Select(quote))})" : "",
            operation.Annotations.GetValueOrDefault("Npgsql:NullsDistinct") is false ? " NULLS NOT DISTINCT" : "",
            create.Index.Filter is { Length: > 0 } filter ? $" WHERE {filter}" : "",
            ";");
    }

    private static IEnumerable<ProviderCommand> Extensions(EfOperation operation, Func<string, string> quote) =>
        from annotation in operation.Annotations
        where annotation.Key.StartsWith(Extension, StringComparison.Ordinal) && !operation.OldAnnotations.ContainsKey(annotation.Key)
        select new ProviderCommand($"CREATE EXTENSION IF NOT EXISTS {quote(annotation.Key[(annotation.Key.LastIndexOfAny([':', '.']) + 1)..])};");

    private static IEnumerable<ProviderCommand> Enums(EfOperation operation, Func<string, string> quote)
    {
        foreach (var (name, value) in operation.Annotations.Where(annotation => annotation.Key.StartsWith(Enum, StringComparison.Ordinal)))
        {
            var labels = Labels(value);
            if (!operation.OldAnnotations.TryGetValue(name, out var before))
            {
                yield return new($"CREATE TYPE {Type(name)} AS ENUM ({string.Join(", ", labels.Select(Literals.Quoted))});");
                continue;
            }
            foreach (var label in labels.Except(Labels(before)))
            {
                var next = labels.SkipWhile(each => each != label).Skip(1).FirstOrDefault(Labels(before).Contains);
                yield return new($"ALTER TYPE {Type(name)} ADD VALUE {Literals.Quoted(label)}{(next is null ? "" : $" BEFORE {Literals.Quoted(next)}")};", Suppressed: true);
            }
        }
        foreach (var name in operation.OldAnnotations.Keys.Where(name => name.StartsWith(Enum, StringComparison.Ordinal) && !operation.Annotations.ContainsKey(name)))
        {
            yield return new($"DROP TYPE {Type(name)};");
        }

        string Type(string annotation) => string.Join('.', annotation[Enum.Length..].Split('.').Select(quote));
    }

    private static string[] Labels(object? value) => (value as string ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static string? TypeOf(ClrType type) => type.RowVersion ? "xid" : type.Keyword switch
    {
        "bool" => "boolean",
        "byte" or "short" or "sbyte" => "smallint",
        "int" or "ushort" => "integer",
        "long" or "uint" => "bigint",
        "float" => "real",
        "double" => "double precision",
        "decimal" => type.Precision is { } precision ? $"numeric({precision},{type.Scale ?? 0})" : "numeric",
        "string" => type.MaxLength is { } length ? type.FixedLength ? $"character({length})" : $"character varying({length})" : "text",
        "char" => "character(1)",
        "byte[]" => "bytea",
        "Guid" => "uuid",
        "DateTime" or "DateTimeOffset" => "timestamp with time zone",
        "DateOnly" => "date",
        "TimeOnly" => "time without time zone",
        "TimeSpan" => "interval",
        "json" => "jsonb",
        _ => null,
    };

    private static string Literal(object value, string type) => value switch
    {
        bool flag => flag ? "TRUE" : "FALSE",
        string text => Literals.Quoted(text),
        char letter => Literals.Quoted(letter.ToString()),
        decimal number => Literals.Decimal(number),
        double number => Literals.Double(number),
        float number => Literals.Double(number),
        DateTime time when type.StartsWith("date", StringComparison.Ordinal) => $"DATE '{Literals.Format(time, "yyyy-MM-dd")}'",
        DateTime time when type.Contains("without", StringComparison.Ordinal) || type == "timestamp" => time == DateTime.MinValue ? "TIMESTAMP '-infinity'" : $"TIMESTAMP '{Literals.Format(time, "yyyy-MM-dd'T'HH:mm:ss.FFFFFF")}'",
        DateTime time => time == DateTime.MinValue ? "TIMESTAMPTZ '-infinity'" : $"TIMESTAMPTZ '{Literals.Format(time, "yyyy-MM-dd'T'HH:mm:ss.FFFFFF")}Z'",
        DateTimeOffset time => $"TIMESTAMPTZ '{Literals.Format(time, "yyyy-MM-dd'T'HH:mm:ss.FFFFFFzzz")}'",
        DateOnly date => $"DATE '{Literals.Format(date, "yyyy-MM-dd")}'",
        TimeOnly time => $"TIME '{Literals.Format(time, "HH:mm:ss")}'",
        TimeSpan time => $"INTERVAL '{Literals.Format(time, "c")}'",
        byte[] bytes => $"BYTEA E'\\\\x{Literals.Hex(bytes)}'",
        Guid guid => $"'{guid}'",
        IFormattable number => Literals.Number(number),
        _ => $"{value}",
    };
}
