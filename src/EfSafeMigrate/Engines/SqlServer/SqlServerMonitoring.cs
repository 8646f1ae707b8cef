namespace EfSafeMigrate.Engines.SqlServer;

/// <summary>What somebody who watches a run asks SQL Server; as documented, for there is none to try it on.</summary>
internal static class SqlServerMonitoring
{
    public static readonly IReadOnlyList<MonitoringQuery> Queries =
    [
        new("Who waits, and behind whom", """
            SELECT session_id, blocking_session_id, wait_type, wait_time AS milliseconds, wait_resource, command
            FROM sys.dm_exec_requests
            WHERE blocking_session_id <> 0
            ORDER BY wait_time DESC;
            """),
        new("The oldest transactions", """
            SELECT TOP (10) sessions.session_id, transactions.name, transactions.transaction_begin_time
            FROM sys.dm_tran_active_transactions AS transactions
            JOIN sys.dm_tran_session_transactions AS sessions ON sessions.transaction_id = transactions.transaction_id
            ORDER BY transactions.transaction_begin_time;
            """),
        new("How far the replicas are behind", """
            SELECT replica_id, synchronization_state_desc, log_send_queue_size AS kilobytes_to_send, redo_queue_size AS kilobytes_to_redo
            FROM sys.dm_hadr_database_replica_states;
            """),
    ];
}
