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
    private const string LockKey = "23294, 19734";

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
        Nothing = "SELECT 1",
        // Lock not available, deadlock, serialization failure.
        OthersInTheWay = state => state is "55P03" or "40P01" or "40001",
        Locks = backend => new(Locks, backend.ToString(CultureInfo.InvariantCulture)),
        Identity = new(Identity),
        Unproved = new(Unproved),
        LeftBy = LeftBy,
    };

    // A statement whose client is gone stops within a second (14 and newer); before that the next run ends it by its mark.
    private static IReadOnlyList<string> Begin(string mark, EngineVersion version) =>
    [
        $"SET application_name = {mark.Literal()}",
        "SET statement_timeout = 0",
        "SET idle_in_transaction_session_timeout = 0",
        .. version.IsAtLeast(14) ? ["SET client_connection_check_interval = 1000"] : Array.Empty<string>(),
        $"SET lock_timeout = {BriefMilliseconds.ToString(CultureInfo.InvariantCulture)}",
    ];

    private const string Holder = """
        SELECT a.application_name, COALESCE(a.client_addr::text, 'local'), a.pid, to_char(a.backend_start AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), NULL
        FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
        WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 2 AND (l.classid::bigint, l.objid::bigint) = (23294, 19734)
          AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
        """;

    // Only sessions that wait for a lock are asked who blocks them: the question takes the lock manager's own locks.
    private const string Locks = """
        WITH asked AS (SELECT CAST(@p0 AS int) AS pid), waiting AS (
          SELECT a.pid, a.application_name, a.query_start, a.query, pg_blocking_pids(a.pid) AS behind
          FROM pg_stat_activity a WHERE a.wait_event_type = 'Lock' AND a.datname = current_database())
        SELECT 'holds', n.nspname || '.' || c.relname, l.mode, NULL, NULL
        FROM pg_locks l JOIN asked ON l.pid = asked.pid JOIN pg_class c ON c.oid = l.relation JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE l.granted AND l.locktype = 'relation' AND c.relkind IN ('r', 'p', 'm') AND n.nspname NOT IN ('pg_catalog', 'pg_toast', 'safe_migrate')
          AND l.mode IN ('ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock')
        UNION ALL
        SELECT 'blocks', w.pid::text, COALESCE(w.application_name, ''), floor(extract(epoch FROM clock_timestamp() - w.query_start) * 1000)::bigint::text, NULL
        FROM waiting w JOIN asked ON asked.pid = ANY (w.behind)
        UNION ALL
        SELECT 'blocked-by', b.pid::text, COALESCE(b.application_name, ''), floor(extract(epoch FROM clock_timestamp() - COALESCE(b.xact_start, b.query_start)) * 1000)::bigint::text, b.query
        FROM waiting w JOIN asked ON asked.pid = w.pid JOIN pg_stat_activity b ON b.pid = ANY (w.behind)
        """;

    // The system's identifier survives a restart and not a copy by dump; a role without the right to read it has the address of the database.
    private const string Identity = """
        SELECT current_user::text, CASE WHEN has_function_privilege('pg_control_system()', 'EXECUTE')
            THEN (SELECT system_identifier::text FROM pg_control_system()) ELSE 'unknown' END
          || '/' || (SELECT oid::text FROM pg_database WHERE datname = current_database())
        """;

    private const string Unproved = """
        SELECT 'index ' || c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE NOT i.indisvalid
        UNION ALL
        SELECT 'constraint ' || conname FROM pg_constraint WHERE NOT convalidated
        ORDER BY 1
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
