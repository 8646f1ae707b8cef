using System.Globalization;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Protocol;

namespace EfSafeMigrate.Engines.Sqlite;

/// <summary>Rows of SQLite: both files are on this machine, and one connection opens them together.</summary>
internal static class SqliteRows
{
    private const string OfUsers = """
        m.type = 'table' AND m.name NOT LIKE 'sqlite\_%' ESCAPE '\' AND m.name NOT LIKE '\_\_safe\_migrate\_%' ESCAPE '\' AND m.name <> '__EFMigrationsLock' AND m.sql NOT LIKE 'CREATE VIRTUAL%'
        """;

    private const string Source = "safe_migrate_source";

    public static readonly RowForms Value = new()
    {
        Begin = ["PRAGMA foreign_keys = OFF", "PRAGMA synchronous = OFF"],
        Tables = new($"SELECT NULL, m.name, NULL FROM sqlite_master m WHERE {OfUsers} AND NOT {SqliteScratch.Shadow} ORDER BY 2"),
        Columns = new($"""
            SELECT NULL, m.name, c.name, c.type, CASE WHEN NOT c."notnull" AND (c.pk = 0 OR m.sql NOT LIKE '%WITHOUT%ROWID%' AND upper(c.type) <> 'INTEGER') THEN 'nullable' END,
              CASE WHEN c.dflt_value IS NOT NULL THEN 'default' END,
              CASE WHEN c.pk = 1 AND upper(c.type) = 'INTEGER' AND (SELECT count(*) FROM pragma_table_xinfo(m.name) k WHERE k.pk > 0) = 1 AND m.sql NOT LIKE '%WITHOUT%ROWID%' THEN 'identity' END,
              CASE WHEN c.hidden IN (2, 3) THEN 'computed' END,
              lower(CASE WHEN instr(c.type, '(') > 0 THEN trim(substr(c.type, 1, instr(c.type, '(') - 1)) ELSE c.type END),
              CASE WHEN instr(c.type, '(') > 0 THEN CAST(substr(c.type, instr(c.type, '(') + 1) AS INTEGER) END, NULL, NULL
            FROM sqlite_master m JOIN pragma_table_xinfo(m.name) c WHERE {OfUsers} AND c.hidden <> 1 ORDER BY m.name, c.cid
            """),
        ForeignKeys = new($"""
            SELECT NULL, m.name, 'fk' || f.id, f."from", NULL, f."table", COALESCE(f."to", (SELECT k.name FROM pragma_table_xinfo(f."table") k WHERE k.pk = f.seq + 1)), NULL
            FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f WHERE {OfUsers} ORDER BY 2, f.id, f.seq
            """),
        Keys = new($"""
            SELECT NULL, m.name, 'primary', c.name, 'primary' FROM sqlite_master m JOIN pragma_table_xinfo(m.name) c WHERE {OfUsers} AND c.pk > 0
            UNION ALL
            SELECT * FROM (
              SELECT NULL, m.name, i.name, k.name, NULL FROM sqlite_master m JOIN pragma_index_list(m.name) i JOIN pragma_index_info(i.name) k
              WHERE {OfUsers} AND i."unique" AND i.origin <> 'pk' AND NOT EXISTS (SELECT 1 FROM pragma_index_info(i.name) e WHERE e.cid < 0) ORDER BY m.name, i.name, k.seqno)
            """),
        Checks = new($"SELECT NULL, m.name, m.sql FROM sqlite_master m WHERE {OfUsers} AND m.sql LIKE '%CHECK%'"),
        Afterwards = [],
        RowsPerStatement = 500,
        // As few as any version allows.
        ParametersPerStatement = 900,
        Insert = Insert,
        SeedTypeOf = SeedTypeOf,
        ValuesOf = (table, columns, rows) => new($"SELECT {(columns.Count == 0 ? "1" : string.Join(", ", columns.Select(Quote)))} FROM {Quote(table.Name)} LIMIT {rows.ToString(CultureInfo.InvariantCulture)}"),
        Attach = new()
        {
            Open = file => new($"ATTACH DATABASE @p0 AS {Source}", file),
            Close = $"DETACH DATABASE {Source}",
            ReadOnly = new Dictionary<string, string> { ["Mode"] = "ReadOnly", ["Pooling"] = "false" },
            Sample = Sample,
            Parents = Parents,
        },
    };

    /// <summary>By what the type is called, and then by the engine's own rules of affinity.</summary>
    private static SeedType SeedTypeOf(string kind) => kind switch
    {
        "bool" or "boolean" => new(ValueKind.Boolean),
        "datetime" or "timestamp" => new(ValueKind.Timestamp),
        "date" => new(ValueKind.Date),
        "time" => new(ValueKind.Time),
        "guid" or "uuid" or "uniqueidentifier" => new(ValueKind.Guid),
        _ when kind.Contains("int", StringComparison.Ordinal) => new(ValueKind.Integer) { Least = long.MinValue, Greatest = long.MaxValue },
        _ when kind.Contains("char", StringComparison.Ordinal) || kind.Contains("clob", StringComparison.Ordinal) || kind.Contains("text", StringComparison.Ordinal) => new(ValueKind.Text),
        "" or "blob" => new(ValueKind.Bytes),
        _ when kind.Contains("real", StringComparison.Ordinal) || kind.Contains("floa", StringComparison.Ordinal) || kind.Contains("doub", StringComparison.Ordinal) => new(ValueKind.Real),
        _ => new(ValueKind.Decimal),
    };

    private static string Quote(string name) => SqliteEngine.Value.Quote(name);

    private static string Columns(RowTarget target, string of = "") => string.Join(", ", target.Columns.Select(column => of + Quote(column.Name)));

    // The conflict clause wants a WHERE before it.
    private static string Sample(RowTarget target, double percent) => $"""
        INSERT INTO main.{Quote(target.Table.Name)} ({Columns(target)}) SELECT {Columns(target)} FROM {Source}.{Quote(target.Table.Name)}
        WHERE {(percent >= 100 ? "true" : $"abs(random() % 1000000) < {(percent * 10_000).ToString("0", CultureInfo.InvariantCulture)}")} ON CONFLICT DO NOTHING
        """;

    private static string Parents(KeyLink link, RowTarget parent) => $"""
        INSERT INTO main.{Quote(link.Parent.Name)} ({Columns(parent)}) SELECT {Columns(parent, "s.")} FROM {Source}.{Quote(link.Parent.Name)} s
        WHERE EXISTS (SELECT 1 FROM main.{Quote(link.Child.Name)} c WHERE {On(link, "s")})
          AND NOT EXISTS (SELECT 1 FROM main.{Quote(link.Parent.Name)} p WHERE {string.Join(" AND ", link.ParentColumns.Select(column => $"p.{Quote(column)} = s.{Quote(column)}"))})
        ON CONFLICT DO NOTHING
        """;

    private static string On(KeyLink link, string parent) =>
        string.Join(" AND ", link.Columns.Zip(link.ParentColumns, (child, key) => $"c.{Quote(child)} = {parent}.{Quote(key)}"));

    private static StatementMessage Insert(RowTarget target, IReadOnlyList<IReadOnlyList<string?>> rows) => target.Columns.Count == 0
        ? new($"INSERT INTO {Quote(target.Table.Name)} DEFAULT VALUES")
        : new(
            $"""
            INSERT INTO {Quote(target.Table.Name)} ({Columns(target)})
            SELECT * FROM (VALUES {string.Join(", ", rows.Select((_, row) => $"({string.Join(", ", target.Columns.Select((column, index) => Bound(column.Type, (row * target.Columns.Count) + index)))})"))}) WHERE true ON CONFLICT DO NOTHING
            """,
            [.. rows.SelectMany(row => row)]);

    /// <summary>A parameter is text, which a column of bytes would keep as text.</summary>
    private static string Bound(string type, int parameter) => type.Equals("BLOB", StringComparison.OrdinalIgnoreCase) ? $"CAST(@p{parameter} AS BLOB)" : $"@p{parameter}";
}
