using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines.MySql;

/// <summary>What both servers are asked about themselves and their tables.</summary>
internal static class MySqlQuestions
{
    public static string Quote(string identifier) => $"`{identifier.Replace("`", "``", StringComparison.Ordinal)}`";

    public static string Quoted(this TableName table) => table.Schema is null ? Quote(table.Name) : $"{Quote(table.Schema)}.{Quote(table.Name)}";

    public static readonly Ask Name = new("SELECT version()");

    /// <summary>As <c>version()</c> and the provider's options say it: <c>10.11.19-MariaDB-0+deb12u1</c>, <c>10.11.19-mariadb</c>; MySQL adds no such word.</summary>
    public static bool IsMariaDb(string text) => text.Contains("mariadb", StringComparison.OrdinalIgnoreCase);

    // The question itself runs under a limit for locks, so that one is read as it is for others.
    public static readonly Catalogue Catalogue = new()
    {
        Settings = new($"""
            SELECT '{Catalogue.Version}', version()
            UNION ALL SELECT 'sql_mode', @@sql_mode
            UNION ALL SELECT 'foreign_key_checks', CAST(@@foreign_key_checks AS char)
            UNION ALL SELECT 'lock_wait_timeout', CAST(@@global.lock_wait_timeout AS char)
            UNION ALL SELECT 'innodb_lock_wait_timeout', CAST(@@innodb_lock_wait_timeout AS char)
            UNION ALL SELECT 'innodb_online_alter_log_max_size', CAST(@@innodb_online_alter_log_max_size AS char)
            UNION ALL SELECT 'character_set_database', @@character_set_database
            UNION ALL SELECT 'read_only', CAST(@@read_only AS char)
            """),
        Deciding = ["sql_mode", "foreign_key_checks"],
        Sizes = table => [new(Sizes, table.Schema, table.Name)],
    };

    // Rows are an estimate from sampled pages.
    private const string Sizes = """
        SELECT t.table_rows, t.data_length, t.index_length,
          (SELECT NULLIF(count(p.partition_name), 0) FROM information_schema.partitions p
           WHERE p.table_schema = COALESCE(@p0, database()) AND p.table_name = @p1)
        FROM information_schema.tables t
        WHERE t.table_schema = COALESCE(@p0, database()) AND t.table_name = @p1
        """;
}
