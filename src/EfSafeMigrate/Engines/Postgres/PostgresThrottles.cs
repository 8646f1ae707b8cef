namespace EfSafeMigrate.Engines.Postgres;

/// <summary>What PostgreSQL tells of others. The run's own sessions bear its mark and do not count.</summary>
internal static class PostgresThrottles
{
    public static readonly ThrottleForms Value = new()
    {
        Replicas = new(Replicas),
        Needs = "the role pg_monitor",
        ActiveTransactions = new($"SELECT CASE WHEN bool_or(hidden) THEN NULL ELSE count(began) END::text FROM ({Others}) AS others"),
        LongestTransaction = new($"""
            SELECT CASE WHEN bool_or(hidden) THEN NULL ELSE COALESCE(max(extract(epoch FROM clock_timestamp() - began)), 0) END::text FROM (
              {Others}
              UNION ALL SELECT prepared, false FROM pg_prepared_xacts WHERE database = current_database()) AS others
            """),
        LogWritten = new("SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint::text"),
    };

    // Who only receives the log and applies nothing is as far as it has written. Several standbys may bear one name, as pg_basebackup gives it.
    // To whom the server does not tell more, it still tells that there is somebody: without state and position.
    private const string Replicas = """
        SELECT name || CASE WHEN number > 1 THEN ' (' || number || ')' ELSE '' END, applied, written
        FROM (
          SELECT COALESCE(NULLIF(application_name, ''), 'process ' || pid) AS name, row_number() OVER (PARTITION BY application_name ORDER BY backend_start, pid) AS number,
            pg_wal_lsn_diff(COALESCE(replay_lsn, write_lsn, sent_lsn), '0/0')::bigint::text AS applied,
            pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint::text AS written
          FROM pg_stat_replication WHERE state IS NULL OR state IN ('streaming', 'catchup')) AS seen
        ORDER BY 1
        """;

    // The server's own workers have no user. Of another user's session a role without pg_monitor sees no kind, and no transaction.
    private const string Others = """
        SELECT CASE WHEN backend_type = 'client backend' THEN xact_start END AS began, backend_type IS NULL AS hidden
        FROM pg_stat_activity
        WHERE datname = current_database() AND usesysid IS NOT NULL AND pid <> pg_backend_pid() AND COALESCE(application_name, '') NOT LIKE 'safe-migrate %'
        """;
}
