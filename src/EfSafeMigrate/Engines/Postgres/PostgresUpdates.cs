using System.Globalization;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Protocol;

namespace EfSafeMigrate.Engines.Postgres;

/// <summary>Runs on PostgreSQL.</summary>
internal static class PostgresUpdates
{
    /// <summary>How long a statement that everybody queues behind waits for its lock.</summary>
    private const int BriefMilliseconds = 500;

    /// <summary>Key of the advisory lock, which belongs to one database: any two numbers that nobody else uses.</summary>
    public const string LockKey = "23294, 19734";

    private static readonly string[] JournalTable =
    [
        "CREATE SCHEMA IF NOT EXISTS safe_migrate",
        """
        CREATE TABLE IF NOT EXISTS safe_migrate.journal (
            number bigint PRIMARY KEY,
            written timestamptz NOT NULL DEFAULT clock_timestamp(),
            run text NOT NULL,
            kind text NOT NULL,
            entry text NOT NULL,
            hash text NOT NULL UNIQUE)
        """,
        "COMMENT ON TABLE safe_migrate.journal IS 'What dotnet safe-migrate did to this database. Entries are added only; each hash covers the one before.'",
        """
        CREATE OR REPLACE FUNCTION safe_migrate.journal_is_kept() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'The journal is only added to.'; END $$
        """,
        "DROP TRIGGER IF EXISTS journal_is_kept ON safe_migrate.journal",
        """
        CREATE TRIGGER journal_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON safe_migrate.journal
            FOR EACH STATEMENT EXECUTE FUNCTION safe_migrate.journal_is_kept()
        """,
        "CREATE TABLE IF NOT EXISTS safe_migrate.head (one boolean PRIMARY KEY CHECK (one), number bigint NOT NULL, hash text NOT NULL)",
        "INSERT INTO safe_migrate.head VALUES (true, 0, '') ON CONFLICT DO NOTHING",
        PostgresCheckpoints.Table,
    ];

    public static readonly UpdateForms Value = new()
    {
        Begin = Begin,
        Lock = new()
        {
            // A waiter in line and CREATE INDEX CONCURRENTLY in the holder wait for each other; a waiter that asks again does not.
            Take = _ => new($"SELECT 1 WHERE pg_catalog.pg_try_advisory_lock({LockKey})"),
            Release = _ => new($"SELECT pg_catalog.pg_advisory_unlock({LockKey})"),
            Holder = new(Holder),
        },
        Journal = new()
        {
            Exists = new("SELECT 1 WHERE to_regclass('safe_migrate.journal') IS NOT NULL"),
            Create = JournalTable,
            Append = """
                INSERT INTO safe_migrate.journal (number, run, kind, entry, hash)
                VALUES (CAST(@p0 AS bigint), @p1, @p2, @p3, @p4) ON CONFLICT DO NOTHING
                """,
            Head = "UPDATE safe_migrate.head SET number = CAST(@p0 AS bigint), hash = @p4",
            Read = new("""
                SELECT j.number, j.run, j.kind, j.entry, j.hash, h.number, h.hash
                FROM safe_migrate.head h LEFT JOIN safe_migrate.journal j ON true ORDER BY j.number
                """),
        },
        Checkpoints = PostgresCheckpoints.Value,
        EndOrphans = mark => new("""
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE application_name = @p0 AND datname = current_database() AND pid <> pg_backend_pid() AND client_addr IS NOT DISTINCT FROM inet_client_addr()
            """, mark),
        Before = (waiting, inTransaction) =>
        [
            $"SET {(inTransaction ? "LOCAL " : "")}lock_timeout = {(waiting == Waiting.Brief ? BriefMilliseconds : 0).ToString(CultureInfo.InvariantCulture)}",
        ],
        Afterwards = [$"SET lock_timeout = {BriefMilliseconds.ToString(CultureInfo.InvariantCulture)}"],
        ChecksAtOnce = ["SET CONSTRAINTS ALL IMMEDIATE"],
        Nothing = "SELECT 1",
        OthersInTheWay = OthersInTheWay,
        Locks = backend => new(Locks, backend.ToString(CultureInfo.InvariantCulture)),
        Vitals = new(Vitals),
        Identity = new(Identity),
        Columns = new(Columns),
        KeptRows = PostgresKeptRows.Value,
        Unproved = new(Unproved),
        LeftBy = LeftBy,
        End = (ours, theirs) => new(End, ours.ToString(CultureInfo.InvariantCulture), theirs.ToString(CultureInfo.InvariantCulture)),
        Preflight = PostgresPreflight.Value,
        Counter = name => new("SELECT COALESCE(pg_sequence_last_value(to_regclass(@p0)), 0) WHERE to_regclass(@p0) IS NOT NULL", PostgresEngine.Value.QuoteTable(name)),
        Statements = (table, column) => new(Statements, table.Name, column),
        Clock = new("SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"),
    };

    /// <summary>Lock not available, deadlock, serialization failure.</summary>
    public static bool OthersInTheWay(string? state) => state is "55P03" or "40P01" or "40001";

    // A statement whose client is gone stops within a second (14 and newer); before that the next run ends it by its mark. A client whose
    // network is gone says no goodbye: the server asks, else it would keep the session and its locks for hours.
    private static IReadOnlyList<string> Begin(string mark, EngineVersion version) =>
    [
        $"SET application_name = {mark.Literal()}",
        "SET statement_timeout = 0",
        "SET idle_in_transaction_session_timeout = 0",
        "SET tcp_keepalives_idle = 10",
        "SET tcp_keepalives_interval = 5",
        "SET tcp_keepalives_count = 3",
        .. version.IsAtLeast(14) ? ["SET client_connection_check_interval = 1000"] : Array.Empty<string>(),
        $"SET lock_timeout = {BriefMilliseconds.ToString(CultureInfo.InvariantCulture)}",
    ];

    private const string Holder = $"""
        SELECT a.application_name, COALESCE(a.client_addr::text, 'local'), a.pid, to_char(a.backend_start AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), NULL
        FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
        WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 2 AND (l.classid::bigint, l.objid::bigint) = ({LockKey})
          AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
        """;

    // Only sessions that wait for a lock are asked who blocks them: the question takes the lock manager's own locks.
    // From 14 on the server knows since when a lock is waited for; before, the statement's beginning is the longest it can be.
    private const string Locks = """
        WITH asked AS (SELECT CAST(@p0 AS int) AS pid), waiting AS (
          SELECT a.pid, a.application_name, pg_blocking_pids(a.pid) AS behind,
            (SELECT min(n.nspname || '.' || c.relname) FROM pg_locks l JOIN pg_class c ON c.oid = l.relation JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE l.pid = a.pid AND NOT l.granted) AS wanted,
            COALESCE((SELECT min((to_jsonb(l) ->> 'waitstart')::timestamptz) FROM pg_locks l WHERE l.pid = a.pid AND NOT l.granted), a.query_start) AS since
          FROM pg_stat_activity a WHERE a.wait_event_type = 'Lock' AND a.datname = current_database())
        SELECT 'holds', n.nspname || '.' || c.relname, l.mode, NULL, NULL
        FROM pg_locks l JOIN asked ON l.pid = asked.pid JOIN pg_class c ON c.oid = l.relation JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE l.granted AND l.locktype = 'relation' AND c.relkind IN ('r', 'p', 'm') AND n.nspname NOT IN ('pg_catalog', 'pg_toast', 'safe_migrate')
          AND l.mode IN ('ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock')
        UNION ALL
        SELECT 'blocks', w.pid::text, COALESCE(w.application_name, ''), floor(extract(epoch FROM clock_timestamp() - w.since) * 1000)::bigint::text, w.wanted
        FROM waiting w JOIN asked ON asked.pid = ANY (w.behind)
        UNION ALL
        SELECT 'blocked-by', b.pid::text, COALESCE(b.application_name, ''), floor(extract(epoch FROM clock_timestamp() - COALESCE(b.xact_start, b.query_start)) * 1000)::bigint::text, b.query
        FROM waiting w JOIN asked ON asked.pid = w.pid JOIN pg_stat_activity b ON b.pid = ANY (w.behind)
        UNION ALL
        SELECT 'present', NULL, NULL, NULL, NULL FROM pg_stat_activity a JOIN asked ON asked.pid = a.pid
        """;

    // Sessions of the run itself do not count. The rollbacks are all of the database's: whoever asks takes off its own.
    private const string Vitals = """
        WITH others AS (
          SELECT state, wait_event_type, query_start FROM pg_stat_activity
          WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name NOT LIKE 'safe-migrate %')
        SELECT 'statements of others', 'now', count(*)::text FROM others WHERE state = 'active'
        UNION ALL SELECT 'waits for a lock', 'now', count(*)::text FROM others WHERE wait_event_type = 'Lock'
        UNION ALL SELECT 'seconds of the oldest statement', 'now', COALESCE(max(extract(epoch FROM clock_timestamp() - query_start)), 0)::text FROM others WHERE state = 'active'
        UNION ALL SELECT 'rollbacks a second', 'rollbacks', xact_rollback::text FROM pg_stat_database WHERE datname = current_database()
        UNION ALL SELECT 'deadlocks a second', 'total', deadlocks::text FROM pg_stat_database WHERE datname = current_database()
        """;

    // The system's identifier survives a restart and not a copy by dump; a role without the right to read it has the address of the database.
    private const string Identity = """
        SELECT current_user::text, CASE WHEN has_function_privilege('pg_control_system()', 'EXECUTE')
            THEN (SELECT system_identifier::text FROM pg_control_system()) ELSE 'unknown' END
          || '/' || (SELECT oid::text FROM pg_database WHERE datname = current_database())
        """;

    // Names are found as words, quoted or not, of any case: a statement too many only makes a contract wait. The tool's own statements carry
    // its mark. Whoever may not see the statements of others sees that they are there, and no row is better than a count of one's own.
    private const string Statements = """
        SELECT COALESCE(sum(s.calls) FILTER (
            WHERE s.query ~* '^\s*(select|insert|update|delete|merge|with)\M' AND strpos(s.query, '/* safe-migrate */') = 0
              AND s.query ~* ('(^|\W)' || regexp_replace(@p0, '(\W)', '\\\1', 'g') || '(\W|$)')
              AND (CAST(@p1 AS text) IS NULL OR s.query ~* ('(^|\W)' || regexp_replace(CAST(@p1 AS text), '(\W)', '\\\1', 'g') || '(\W|$)'))), 0)::bigint
        FROM pg_stat_statements s
        WHERE s.dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
        HAVING count(*) FILTER (WHERE s.query = '<insufficient privilege>') = 0 AND current_setting('pg_stat_statements.track', true) <> 'none'
        """;

    private const string Columns = """
        SELECT NULLIF(n.nspname, current_schema()), c.relname, a.attname
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'safe_migrate') AND n.nspname NOT LIKE 'pg\_%'
        """;

    // An index that somebody is building now is not ours to judge, nor one of a partitioned table that waits for its parts;
    // a constraint that is not enforced (18) is never validated.
    private const string Unproved = """
        SELECT 'index', c.relname::text, t.relname::text, 'REINDEX INDEX CONCURRENTLY ' || c.oid::regclass
        FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid
        WHERE NOT i.indisvalid AND c.relkind = 'i' AND NOT EXISTS (SELECT 1 FROM pg_stat_progress_create_index p WHERE p.index_relid = i.indexrelid)
        UNION ALL
        SELECT 'constraint', k.conname::text, t.relname::text, 'ALTER TABLE ' || t.oid::regclass || ' VALIDATE CONSTRAINT ' || quote_ident(k.conname)
        FROM pg_constraint k JOIN pg_class t ON t.oid = k.conrelid
        WHERE NOT k.convalidated AND COALESCE((to_jsonb(k) ->> 'conenforced')::boolean, true)
        ORDER BY 1, 2, 3
        """;

    // What a transaction has written is not counted anywhere while it runs, so one that has written at all (it has a number of its own,
    // on which it holds a lock) is left alone, as is one with a lock that no SELECT, INSERT, UPDATE or DELETE takes: LOCK TABLE, DDL, VACUUM.
    private const string End = """
        WITH other AS (
          SELECT a.*, r.rolsuper FROM pg_stat_activity a LEFT JOIN pg_roles r ON r.oid = a.usesysid WHERE a.pid = CAST(@p1 AS int)),
        verdict AS (
          SELECT other.pid, CASE
            WHEN other.backend_type IS NULL THEN 'this user may not see what it does'
            WHEN other.backend_type <> 'client backend' OR EXISTS (SELECT 1 FROM pg_stat_replication s WHERE s.pid = other.pid)
              THEN 'it serves replication or the server itself'
            WHEN other.rolsuper IS NOT FALSE THEN 'it belongs to a superuser'
            WHEN other.application_name LIKE 'safe-migrate %' OR other.application_name = 'pg_dump' THEN 'it is a run or a backup'
            WHEN other.query ~* '^\s*lock\s' OR EXISTS (SELECT 1 FROM pg_locks l WHERE l.pid = other.pid AND l.granted AND l.locktype = 'relation'
              AND l.mode IN ('ShareUpdateExclusiveLock', 'ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock')) THEN 'it has locked a table on purpose'
            WHEN EXISTS (SELECT 1 FROM pg_locks l WHERE l.pid = other.pid AND l.granted AND l.locktype = 'transactionid') THEN 'it has written rows'
            END AS why
          FROM other WHERE other.pid = ANY (pg_blocking_pids(CAST(@p0 AS int))))
        SELECT CASE WHEN why IS NULL THEN CASE WHEN pg_terminate_backend(pid) THEN NULL ELSE 'it had ended' END ELSE why END FROM verdict
        """;

    /// <summary>An index whose concurrent build was stopped is there, invalid, and in the way of the next build.</summary>
    private static Leftover? LeftBy(Change change)
    {
        if (change is not CreateIndex { Concurrently: true, InTransaction: false } create)
        {
            return null;
        }
        var name = new TableName(create.Table.Schema, create.Index.Name);
        var quoted = PostgresEngine.Value.QuoteTable(name);
        return new(
            new("""
                SELECT CASE WHEN i.indisvalid AND i.indrelid = to_regclass(@p1) THEN 'done' ELSE 'broken' END
                FROM pg_index i WHERE i.indexrelid = to_regclass(@p0) AND (NOT i.indisvalid OR i.indrelid = to_regclass(@p1))
                """, quoted, PostgresCatalogue.Name(create.Table)),
            $"DROP INDEX CONCURRENTLY IF EXISTS {quoted}");
    }
}
