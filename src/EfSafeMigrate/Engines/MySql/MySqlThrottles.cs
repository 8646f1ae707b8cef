namespace EfSafeMigrate.Engines.MySql;

/// <summary>
/// What MySQL and MariaDB tell of others. Nothing in their lists of transactions names the tool: a session of its own holds a lock that bears its
/// number, which everybody can look up and which ends with the session.
/// </summary>
internal static class MySqlThrottles
{
    /// <summary>Begins every session that writes batches.</summary>
    public const string Mark = "DO GET_LOCK(CONCAT('safe_migrate ', CONNECTION_ID()), 0)";

    private const string Others = """
        FROM information_schema.innodb_trx
        WHERE trx_mysql_thread_id <> CONNECTION_ID() AND IS_USED_LOCK(CONCAT('safe_migrate ', trx_mysql_thread_id)) IS NULL
        """;

    /// <summary>The primary does not know how far its replicas are: that is asked on a replica, by a query of the user's own.</summary>
    public static readonly ThrottleForms Value = new()
    {
        Needs = "the privilege PROCESS",
        ActiveTransactions = new($"SELECT COUNT(*) {Others}"),
        // The beginning is told in the machine's time, NOW() in the session's.
        LongestTransaction = new($"SELECT COALESCE(MAX(TIMESTAMPDIFF(SECOND, CONVERT_TZ(trx_started, 'SYSTEM', @@SESSION.time_zone), NOW())), 0) {Others}"),
        LogWritten = new("SHOW GLOBAL STATUS LIKE 'Innodb_os_log_written'"),
    };
}
