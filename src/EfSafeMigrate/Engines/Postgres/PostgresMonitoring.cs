namespace EfSafeMigrate.Engines.Postgres;

/// <summary>What somebody who watches a run asks PostgreSQL, and what its versions do with those of EF Core.</summary>
internal static class PostgresMonitoring
{
    public static readonly IReadOnlyList<MonitoringQuery> Queries =
    [
        new("Who waits, and behind whom", """
            SELECT waiting.pid, waiting.application_name, now() - waiting.query_start AS waits,
                   left(waiting.query, 60) AS statement, ahead.pid AS behind, ahead.application_name AS its_application, ahead.state AS its_state
            FROM pg_stat_activity AS waiting
            CROSS JOIN LATERAL unnest(pg_blocking_pids(waiting.pid)) AS blocking(pid)
            JOIN pg_stat_activity AS ahead ON ahead.pid = blocking.pid
            ORDER BY waits DESC;
            """),
        new("The oldest transactions", """
            SELECT pid, usename, application_name, state, now() - xact_start AS open_for, left(query, 60) AS last_statement
            FROM pg_stat_activity
            WHERE xact_start IS NOT NULL AND pid <> pg_backend_pid()
            ORDER BY xact_start
            LIMIT 10;
            """),
        new("How far the replicas are behind", """
            SELECT application_name, state, pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn) AS bytes_behind, replay_lag
            FROM pg_stat_replication
            ORDER BY bytes_behind DESC;
            """),
        new("How far an index build is", """
            SELECT pid, relid::regclass::text AS "table", phase, blocks_done, blocks_total, tuples_done, tuples_total
            FROM pg_stat_progress_create_index;
            """),
        new("How far the backfills are", """
            SELECT work.name, work.state, work.total AS rows, sum(part.walked::bigint) AS looked_at,
                   sum(part.changed::bigint) AS written, work.seen
            FROM safe_migrate.backfill AS work
            LEFT JOIN safe_migrate.backfill_part AS part ON part.backfill = work.name
            GROUP BY work.name, work.state, work.total, work.seen;
            """)
        {
            IsOfBackfills = true,
        },
    ];

    public static readonly IReadOnlyList<Incompatibility> Incompatibilities =
    [
        new(Part.EfCore, "While a migration runs, EF locks its own history table, and whoever reads that waits; an instance of the application that looks for pending migrations is one of them.", "measured on PostgreSQL 15 with EF Core 10") { From = 9 },
        new(Part.Provider, "EF's idempotent script wraps a concurrent index build into a block in which it fails; `script` of this tool does not.", "https://github.com/npgsql/efcore.pg/issues/1210"),
        new(Part.Provider, "Provider 8 does not start with a driver of version 9 or later: it looks for types that are gone.", "measured with Npgsql 9.0.3") { From = 8, Before = 9 },
        new(Part.Server, "The server does not notice that a client was killed before its statement ends: what a killed run had begun runs on, and the next run ends it.", "measured on PostgreSQL 15: the setting client_connection_check_interval is there from 14 on") { Before = 14 },
    ];
}
