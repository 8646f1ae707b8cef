using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines.Postgres;

/// <summary>What PostgreSQL says of itself. Sizes come from files and statistics; a table is never counted.</summary>
internal static class PostgresCatalogue
{
    public static readonly Catalogue Value = new()
    {
        Settings = new(Settings),
        Sizes = table => [new(Sizes, Name(table))],
    };

    /// <summary>The argument of <c>to_regclass</c>, which follows the search path and answers NULL for a table that does not exist.</summary>
    public static string Name(TableName table) => PostgresEngine.Value.QuoteTable(table);

    // The question itself runs under timeouts, so theirs are read as they are for others.
    private const string Settings = $"""
        SELECT name, CASE WHEN name IN ('lock_timeout', 'statement_timeout') THEN reset_val || unit ELSE current_setting(name) END
        FROM pg_settings
        WHERE name IN ('{Catalogue.Version}', '{Catalogue.TimeZone}', 'lock_timeout', 'statement_timeout', 'idle_in_transaction_session_timeout',
                       'default_transaction_isolation', 'default_transaction_read_only', 'wal_level', 'max_wal_size', 'maintenance_work_mem',
                       'max_locks_per_transaction', 'synchronous_commit')
        UNION ALL
        SELECT 'in_recovery', CASE WHEN pg_is_in_recovery() THEN 'on' ELSE 'off' END
        """;

    // The planner's way: rows per page when it was last analysed, times the pages of now. Before 14 a table that was never analysed
    // has 0 rows on 0 pages, from 14 on it has -1; then the count of the statistics collector, then the file's size and the columns' width.
    private const string Sizes = """
        WITH asked AS (
          SELECT c.oid, c.relkind FROM pg_class c WHERE c.oid = to_regclass(@p0) AND c.relkind IN ('r', 'p', 'm')
        ), leaf AS (
          SELECT asked.oid FROM asked WHERE asked.relkind <> 'p'
          UNION ALL
          SELECT tree.relid FROM asked CROSS JOIN LATERAL pg_partition_tree(asked.oid) tree WHERE asked.relkind = 'p' AND tree.isleaf
        ), file AS (
          SELECT c.oid, c.reltuples, c.relpages, pg_relation_size(c.oid) AS heap, pg_table_size(c.oid) AS bytes, pg_indexes_size(c.oid) AS indexes,
            COALESCE(pg_stat_get_live_tuples(c.oid), 0) AS live,
            (SELECT 28 + sum(CASE WHEN a.attlen > 0 THEN a.attlen ELSE 32 END)
             FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS width
          FROM leaf JOIN pg_class c ON c.oid = leaf.oid
        )
        SELECT COALESCE(sum(CASE
            WHEN heap = 0 THEN 0
            WHEN relpages > 0 AND reltuples >= 0 THEN reltuples / relpages * (heap / current_setting('block_size')::int)
            WHEN live > 0 THEN live
            ELSE heap / width END), 0)::bigint,
          COALESCE(sum(bytes), 0)::bigint,
          COALESCE(sum(indexes), 0)::bigint,
          (SELECT CASE WHEN asked.relkind = 'p' THEN (SELECT count(*) FROM leaf) END FROM asked)
        FROM file
        HAVING EXISTS (SELECT 1 FROM asked)
        """;
}
