namespace EfSafeMigrate.Engines.Sqlite;

/// <summary>Questions to SQLite's data: plain reads, which in WAL mode no writer waits for.</summary>
internal static class SqliteProbes
{
    public static readonly Probes Value = new()
    {
        // SQLite has no limits of its own: whoever asks interrupts the statement.
        Limits = _ => "",
        RowAddress = "rowid",
        End = _ => ProbeEnd.Failed,
        Dependents = (table, column) => new(Dependents, table.Name.ToLowerInvariant(), column?.ToLowerInvariant()),
    };

    /// <summary>The stored text is all there is, so a view counts when it mentions the name as a word.</summary>
    private const string Dependents = """
        SELECT 'view ' || name
        FROM sqlite_master
        WHERE type = 'view'
          AND ' ' || lower(sql) || ' ' GLOB '*[^a-z0-9_]' || @p0 || '[^a-z0-9_]*'
          AND (@p1 IS NULL OR ' ' || lower(sql) || ' ' GLOB '*[^a-z0-9_]' || @p1 || '[^a-z0-9_]*')
        UNION ALL
        SELECT 'trigger ' || name FROM sqlite_master WHERE type = 'trigger' AND lower(tbl_name) = @p0
        ORDER BY 1
        """;
}
