using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines.Sqlite;

/// <summary>Backups of SQLite: the provider copies the file's pages in the transaction that also digests the rows.</summary>
internal static class SqliteBackups
{
    private const string JournalMode = "journal_mode";

    private static readonly string[] JournalModes = ["wal", "delete", "truncate", "persist"];

    public static readonly BackupForms Value = new()
    {
        Identity = SqliteUpdates.Value.Identity,
        Definitions = SqliteSchemaLines.Value.Lines,
        Read = SqliteSchemaLines.Value.Read,
        Begin = [],
        // The transaction begins with the first look.
        Hold = ["BEGIN", "SELECT count(*) FROM sqlite_master"],
        Release = "ROLLBACK",
        Tables = new("""
            SELECT NULL, m.name, c.name FROM sqlite_master m JOIN pragma_table_xinfo(m.name) c
            WHERE m.type = 'table' AND m.sql NOT LIKE 'CREATE VIRTUAL%' AND c.hidden <> 1 AND (m.name NOT LIKE 'sqlite\_%' ESCAPE '\' OR m.name = 'sqlite_sequence') ORDER BY m.name, c.name
            """),
        Lines = Lines,
        Settings = new($"SELECT '{JournalMode}', {JournalMode} FROM pragma_{JournalMode}"),
        Set = (name, value) => name == JournalMode && JournalModes.Contains(value) ? $"PRAGMA {JournalMode} = {value}" : null,
        FullDisk = ["database or disk is full"],
        Size = new("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"),
        // A copy of a file in WAL mode would get two more files from everybody who looks at it.
        Settle = [$"PRAGMA {JournalMode} = delete"],
        ReadOnly = SqliteRows.Value.Attach!.ReadOnly,
    };

    /// <summary>Each value with its type, for a column holds any: bytes in hexadecimal, and numbers as SQLite writes them to read them back.</summary>
    private static string Lines(TableName table, IReadOnlyList<string> columns) =>
        $"SELECT {string.Join(" || ',' || ", columns.Select(Quote).Select(quoted => $"typeof({quoted}) || CASE WHEN typeof({quoted}) IN ('text', 'blob') THEN hex({quoted}) ELSE quote({quoted}) END"))} FROM {Quote(table.Name)}";

    private static string Quote(string name) => SqliteEngine.Value.Quote(name);
}
