namespace EfSafeMigrate.Engines.Sqlite;

/// <summary>What SQLite is asked before a run.</summary>
internal static class SqlitePreflight
{
    public static readonly PreflightForms Value = new()
    {
        Oldest = new(3, 35),
        // No PRAGMA tells it: a table that is made and rolled back does.
        Unwritable = new("CREATE TABLE \"__safe_migrate_writable\" (\"x\")"),
        // The driver gives no code but SQLite's own number in the message.
        IsReadOnly = message => message.Contains("SQLite Error 8", StringComparison.Ordinal),
        EfLock = new(
            new("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '__EFMigrationsLock'"),
            new("SELECT \"Timestamp\", CAST(strftime('%s', 'now') AS INTEGER) - CAST(strftime('%s', \"Timestamp\") AS INTEGER) FROM \"__EFMigrationsLock\""),
            "DELETE FROM \"__EFMigrationsLock\""),
        Folders = new("SELECT 'data', file FROM pragma_database_list WHERE name = 'main' AND file <> ''"),
    };
}
