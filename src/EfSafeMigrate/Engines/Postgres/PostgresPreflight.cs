using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines.Postgres;

/// <summary>What PostgreSQL is asked before a run. Every question reads the catalogue only.</summary>
internal static class PostgresPreflight
{
    public static readonly PreflightForms Value = new()
    {
        Oldest = new(12),
        Newest = 18,
        Unwritable = new(Unwritable),
        Pooler = new(
            new("SELECT pg_backend_pid()::text"),
            new("SELECT pg_backend_pid()::text FROM (SELECT pg_advisory_lock(23295, pg_backend_pid())) AS taken"),
            process => new("""
                SELECT l.pid::text FROM pg_locks l
                WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 2 AND l.classid::bigint = 23295 AND l.objid::bigint = CAST(@p0 AS bigint)
                  AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
                """, process),
            process => new("SELECT pg_backend_pid()::text FROM (SELECT pg_advisory_unlock(23295, CAST(@p0 AS int))) AS given", process)),
        Lacking = Lacking,
        Transactions = new(Transactions),
        Followers = new(Followers),
        KeptLog = new(KeptLog),
        Reacting = table => new(Reacting, PostgresCatalogue.Name(table)),
        Folders = new(Folders),
    };

    private const string Unwritable = """
        SELECT 'the server is a replica' WHERE pg_is_in_recovery()
        UNION ALL
        SELECT 'default_transaction_read_only is on' WHERE NOT pg_is_in_recovery() AND current_setting('default_transaction_read_only')::boolean
        """;

    /// <summary>What is not there yet lacks nothing: who makes it owns it.</summary>
    private static Ask Lacking(Privilege privilege, TableName? on) => privilege switch
    {
        Privilege.Own => new("""
            SELECT pg_get_userbyid(c.relowner)::text FROM pg_class c
            WHERE c.oid = to_regclass(@p0) AND NOT pg_has_role(current_user, c.relowner, 'USAGE')
            """, PostgresCatalogue.Name(on!)),
        Privilege.CreateIn => new("""
            SELECT pg_get_userbyid(n.nspowner)::text FROM pg_namespace n
            WHERE n.nspname = COALESCE(CAST(@p0 AS name), current_schema()) AND NOT has_schema_privilege(current_user, n.oid, 'CREATE')
            """, on?.Schema),
        Privilege.CreateSchema => new("""
            SELECT pg_get_userbyid(d.datdba)::text FROM pg_database d
            WHERE d.datname = current_database() AND NOT has_database_privilege(current_user, d.oid, 'CREATE')
              AND NOT EXISTS (SELECT 1 FROM pg_namespace n WHERE n.nspname = CAST(@p0 AS name))
            """, on?.Schema),
        _ => new("""
            SELECT pg_get_userbyid(c.relowner)::text FROM pg_class c
            WHERE c.oid = to_regclass(@p0) AND NOT has_table_privilege(current_user, c.oid, @p1)
            """, PostgresCatalogue.Name(on!), privilege.ToString().ToUpperInvariant()),
    };

    // Whoever waits for all older transactions waits for those with a snapshot or a number of their own (backend_xmin, backend_xid), and
    // for the tables' lockers; a role without pg_monitor does not see the first two of others, so the lock on the own number counts too.
    private const string Transactions = """
        WITH open AS (
          SELECT 'process ' || a.pid AS name, 'SELECT pg_terminate_backend(' || a.pid || ')' AS ending, COALESCE(a.application_name, '') AS application,
            clock_timestamp() - a.xact_start AS age, a.backend_xmin IS NOT NULL OR a.backend_xid IS NOT NULL AS snapshot, a.pid, NULL AS vxid
          FROM pg_stat_activity a
          WHERE a.datname = current_database() AND a.pid <> pg_backend_pid() AND a.xact_start IS NOT NULL AND a.application_name NOT LIKE 'safe-migrate %'
          UNION ALL
          SELECT 'prepared transaction ' || gid, 'ROLLBACK PREPARED ' || quote_literal(gid), owner::text, clock_timestamp() - prepared, true, NULL, '-1/' || transaction
          FROM pg_prepared_xacts WHERE database = current_database())
        SELECT open.name, open.ending, open.application, floor(extract(epoch FROM open.age) * 1000)::bigint::text,
          (open.snapshot OR EXISTS (SELECT 1 FROM pg_locks x WHERE x.pid = open.pid AND x.locktype = 'transactionid' AND x.granted))::text,
          n.nspname::text, c.relname::text, bool_or(l.mode NOT IN ('AccessShareLock', 'RowShareLock'))::text, pg_table_is_visible(c.oid)::text
        FROM open
        LEFT JOIN pg_locks l ON (l.pid = open.pid OR l.virtualtransaction = open.vxid) AND l.granted AND l.locktype = 'relation'
          AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
        LEFT JOIN pg_class c ON c.oid = l.relation AND c.relkind IN ('r', 'p', 'm')
        LEFT JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname NOT IN ('pg_catalog', 'pg_toast')
        WHERE open.age > interval '1 second'
        GROUP BY 1, 2, 3, open.age, open.snapshot, open.pid, n.nspname, c.relname, c.oid
        ORDER BY open.age DESC, 6, 7
        """;

    private const string Followers = """
        SELECT COALESCE(NULLIF(application_name, ''), 'process ' || pid), floor(extract(epoch FROM replay_lag) * 1000)::bigint::text,
          CASE WHEN NOT pg_is_in_recovery() THEN pg_wal_lsn_diff(pg_current_wal_lsn(), COALESCE(replay_lsn, flush_lsn, write_lsn, sent_lsn))::bigint::text END
        FROM pg_stat_replication
        WHERE state IN ('streaming', 'catchup')
        ORDER BY 1
        """;

    private const string KeptLog = """
        SELECT slot_name::text, CASE WHEN NOT pg_is_in_recovery() THEN pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn)::bigint::text END,
          'SELECT pg_drop_replication_slot(' || quote_literal(slot_name) || ')'
        FROM pg_replication_slots
        WHERE NOT active AND NOT temporary AND restart_lsn IS NOT NULL
        ORDER BY 1
        """;

    // Triggers of a phased change begin with ~ and are part of it. xmin changes with every update of a row.
    private const string Reacting = """
        SELECT 'trigger', t.tgname::text
        FROM pg_trigger t
        WHERE t.tgrelid = to_regclass(@p0) AND NOT t.tgisinternal AND t.tgenabled <> 'D' AND t.tgtype & 16 <> 0 AND t.tgname NOT LIKE '~%'
        UNION ALL
        SELECT 'publication', p.pubname::text
        FROM pg_publication_tables p JOIN pg_class c ON c.relname = p.tablename JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = p.schemaname
        WHERE c.oid = to_regclass(@p0) AND EXISTS (SELECT 1 FROM pg_publication b WHERE b.pubname = p.pubname AND b.pubupdate)
        ORDER BY 1, 2
        """;

    // Both ends of the connection have one address: the server is this machine. Who may not read the setting gets no row.
    private const string Folders = """
        SELECT 'data', setting FROM pg_settings
        WHERE name = 'data_directory' AND COALESCE(inet_server_addr() = inet_client_addr(), true)
        UNION ALL
        SELECT 'log', setting || '/pg_wal' FROM pg_settings
        WHERE name = 'data_directory' AND COALESCE(inet_server_addr() = inet_client_addr(), true)
        """;
}
