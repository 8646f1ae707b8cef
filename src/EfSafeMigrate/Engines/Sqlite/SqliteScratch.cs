using EfSafeMigrate.Protocol;

namespace EfSafeMigrate.Engines.Sqlite;

/// <summary>Databases of our own on SQLite: files.</summary>
internal static class SqliteScratch
{
    private const string MarkTable = "__safe_migrate_scratch";

    private const string OfUsers = "m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND m.name <> '" + MarkTable + "'";

    /// <summary>A virtual table makes the tables that it keeps its rows in by itself.</summary>
    public const string Shadow = "EXISTS (SELECT 1 FROM sqlite_master v WHERE v.type = 'table' AND v.sql LIKE 'CREATE VIRTUAL%' AND m.name <> v.name AND substr(m.name, 1, length(v.name) + 1) = v.name || '_')";

    public static readonly ScratchForms Value = new()
    {
        Database = "Data Source",
        Always = new Dictionary<string, string> { ["Pooling"] = "false", ["Mode"] = "ReadWriteCreate" },
        Mark = new($"""
            SELECT replace(substr(sql, instr(sql, char(39)) + 1, length(sql) - instr(sql, char(39)) - length(char(39) || ' AS mark')), char(39) || char(39), char(39))
            FROM sqlite_master WHERE name = '{MarkTable}' AND type = 'view'
            """),
        // A view of one constant: what holds no rows is in nobody's way.
        SetMark = mark =>
        [
            new($"DROP VIEW IF EXISTS \"{MarkTable}\""),
            .. mark is null ? [] : (StatementMessage[])[new($"CREATE VIEW \"{MarkTable}\" AS SELECT '{mark.Replace("'", "''", StringComparison.Ordinal)}' AS mark")],
        ],
        Objects = new($"SELECT m.type FROM sqlite_master m WHERE m.type IN ('table', 'view') AND {OfUsers} AND NOT {Shadow} ORDER BY 1"),
        Tables = new($"SELECT NULL, m.name FROM sqlite_master m WHERE m.type = 'table' AND {OfUsers} AND NOT {Shadow} ORDER BY 2"),
        Clear = new($"""
            SELECT 'DROP ' || upper(m.type) || ' "' || replace(m.name, '"', '""') || '"' FROM sqlite_master m
            WHERE m.type IN ('view', 'trigger', 'table') AND {OfUsers} AND NOT {Shadow}
            ORDER BY m.type = 'table', m.rowid DESC LIMIT 1
            """),
        Definitions = new($"""
            SELECT 'table', 'PRAGMA encoding = ' || quote(encoding) FROM pragma_encoding
            UNION ALL SELECT 'table', 'PRAGMA page_size = ' || page_size FROM pragma_page_size
            UNION ALL SELECT 'table', 'PRAGMA auto_vacuum = ' || auto_vacuum FROM pragma_auto_vacuum
            UNION ALL SELECT 'table', 'PRAGMA journal_mode = ' || journal_mode FROM pragma_journal_mode
            UNION ALL SELECT 'table', 'PRAGMA user_version = ' || user_version FROM pragma_user_version
            UNION ALL SELECT 'table', 'PRAGMA application_id = ' || application_id FROM pragma_application_id
            UNION ALL SELECT * FROM (
              SELECT m.type, m.sql FROM sqlite_master m WHERE m.sql IS NOT NULL AND {OfUsers} AND NOT (m.type = 'table' AND {Shadow})
              ORDER BY m.type <> 'table', m.rowid)
            """),
        Begin = SqliteRows.Value.Begin,
        Rows = SqliteRows.Value,
    };
}
