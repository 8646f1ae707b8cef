using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines.Sqlite;

/// <summary>What SQLite says of itself. Only the file has a size: the bytes of one table are not known without reading it.</summary>
internal static class SqliteCatalogue
{
    public static Catalogue Value(Func<string, string> quote) => new()
    {
        Settings = new($"""
            SELECT '{Catalogue.Version}', sqlite_version()
            UNION ALL SELECT 'journal_mode', journal_mode FROM pragma_journal_mode
            UNION ALL SELECT 'foreign_keys', foreign_keys FROM pragma_foreign_keys
            UNION ALL SELECT '{Catalogue.DatabaseBytes}', page_count * page_size FROM pragma_page_count, pragma_page_size
            """),
        // The greatest rowid counts deleted rows as well, and is found without a scan; a table WITHOUT ROWID has no answer.
        Sizes = table =>
        [
            new("SELECT CAST(stat AS INTEGER), NULL, NULL, NULL FROM sqlite_stat1 WHERE tbl = @p0 COLLATE NOCASE LIMIT 1", table.Name),
            new($"SELECT COALESCE(max(rowid), 0), NULL, NULL, NULL FROM {quote(table.Name)}"),
        ],
    };
}
