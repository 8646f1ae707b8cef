namespace EfSafeMigrate.Engines.MySql;

/// <summary>What somebody who watches a run asks MySQL and MariaDB.</summary>
internal static class MySqlMonitoring
{
    public static readonly IReadOnlyList<MonitoringQuery> Queries =
    [
        new("Who waits for a lock", """
            SELECT id, user, db, time AS seconds, state, LEFT(info, 60) AS statement
            FROM information_schema.processlist
            WHERE state LIKE '%lock%'
            ORDER BY time DESC;
            """),
        new("The oldest transactions", """
            SELECT trx_mysql_thread_id AS id, trx_state, trx_started, trx_rows_locked, trx_rows_modified,
                   LEFT(trx_query, 60) AS statement
            FROM information_schema.innodb_trx
            ORDER BY trx_started
            LIMIT 10;
            """),
        new("How far a replica is behind, asked on the replica", "SHOW REPLICA STATUS;"),
    ];
}
