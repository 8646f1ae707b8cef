using System.Globalization;
using EfSafeMigrate.Protocol;

namespace EfSafeMigrate.Engines.Sqlite;

/// <summary>Runs on SQLite: one writer, so there are no locks to watch; the lock of a run is a row with a sign of life.</summary>
internal static class SqliteUpdates
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(20);

    private const string Now = "CAST(strftime('%s', 'now') AS INTEGER)";

    public static readonly UpdateForms Value = new()
    {
        Begin = (_, _) => [],
        Lock = new()
        {
            Create =
            [
                """
                CREATE TABLE IF NOT EXISTS "__safe_migrate_lock" (
                    "id" INTEGER PRIMARY KEY CHECK ("id" = 1), "run" TEXT NOT NULL, "host" TEXT NOT NULL, "pid" INTEGER NOT NULL,
                    "since" TEXT NOT NULL, "beat" INTEGER NOT NULL)
                """,
            ],
            Take = owner => new($"""
                INSERT INTO "__safe_migrate_lock" ("id", "run", "host", "pid", "since", "beat")
                VALUES (1, @p0, @p1, CAST(@p2 AS INTEGER), strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), {Now})
                ON CONFLICT ("id") DO UPDATE SET "run" = excluded."run", "host" = excluded."host", "pid" = excluded."pid", "since" = excluded."since", "beat" = excluded."beat"
                    WHERE "beat" < {Now} - {Silence.TotalSeconds.ToString(CultureInfo.InvariantCulture)} OR "run" = excluded."run"
                RETURNING 1
                """, owner.Run, owner.Host, owner.Process.ToString(CultureInfo.InvariantCulture)),
            Release = owner => new("DELETE FROM \"__safe_migrate_lock\" WHERE \"run\" = @p0", owner.Run),
            Silence = Silence,
            Beat = owner => new($"UPDATE \"__safe_migrate_lock\" SET \"beat\" = {Now} WHERE \"run\" = @p0", owner.Run),
            // The second row is none that the table allows.
            Keep = owner => $"""
                UPDATE "__safe_migrate_lock" SET "beat" = {Now} WHERE "run" = {SqliteCheckpoints.Literal(owner.Run)};
                INSERT INTO "__safe_migrate_lock" ("id", "run", "host", "pid", "since", "beat")
                SELECT 2, '', '', 0, '', 0 WHERE NOT EXISTS (SELECT 1 FROM "__safe_migrate_lock" WHERE "run" = {SqliteCheckpoints.Literal(owner.Run)})
                """,
            Holder = new($"SELECT \"run\", \"host\", \"pid\", \"since\", {Now} - \"beat\" FROM \"__safe_migrate_lock\""),
        },
        Journal = new()
        {
            Exists = new("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '__safe_migrate_journal'"),
            Create =
            [
                """
                CREATE TABLE IF NOT EXISTS "__safe_migrate_journal" (
                    "number" INTEGER PRIMARY KEY, "written" TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
                    "run" TEXT NOT NULL, "kind" TEXT NOT NULL, "entry" TEXT NOT NULL, "hash" TEXT NOT NULL UNIQUE)
                """,
                """
                CREATE TRIGGER IF NOT EXISTS "__safe_migrate_journal_update" BEFORE UPDATE ON "__safe_migrate_journal"
                BEGIN SELECT RAISE(ABORT, 'The journal is only added to.'); END
                """,
                """
                CREATE TRIGGER IF NOT EXISTS "__safe_migrate_journal_delete" BEFORE DELETE ON "__safe_migrate_journal"
                BEGIN SELECT RAISE(ABORT, 'The journal is only added to.'); END
                """,
                "CREATE TABLE IF NOT EXISTS \"__safe_migrate_head\" (\"one\" INTEGER PRIMARY KEY CHECK (\"one\" = 1), \"number\" INTEGER NOT NULL, \"hash\" TEXT NOT NULL)",
                "INSERT OR IGNORE INTO \"__safe_migrate_head\" VALUES (1, 0, '')",
                SqliteCheckpoints.Table,
            ],
            Append = """
                INSERT OR IGNORE INTO "__safe_migrate_journal" ("number", "run", "kind", "entry", "hash")
                VALUES (CAST(@p0 AS INTEGER), @p1, @p2, @p3, @p4)
                """,
            Head = "UPDATE \"__safe_migrate_head\" SET \"number\" = CAST(@p0 AS INTEGER), \"hash\" = @p4",
            Read = new("""
                SELECT j."number", j."run", j."kind", j."entry", j."hash", h."number", h."hash"
                FROM "__safe_migrate_head" h LEFT JOIN "__safe_migrate_journal" j ON true ORDER BY j."number"
                """),
        },
        Checkpoints = SqliteCheckpoints.Value,
        ClearHistoryLock = since => new(
            "DELETE FROM \"__EFMigrationsLock\" WHERE replace(\"Timestamp\", 'T', ' ') >= @p0",
            since.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)),
        Before = (_, _) => [],
        Nothing = "SELECT 1",
        OthersInTheWay = OthersInTheWay,
        Preflight = SqlitePreflight.Value,
        Columns = new("SELECT NULL, t.name, c.name FROM sqlite_master t JOIN pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"),
        Counter = counter => new($"SELECT \"writes\" FROM {SqliteEngine.Value.Quote(counter.Name)}"),
        Identity = new("SELECT '', (SELECT file FROM pragma_database_list WHERE name = 'main')"),
    };

    /// <summary>SQLITE_BUSY and SQLITE_LOCKED.</summary>
    public static bool OthersInTheWay(string? code) => code is "5" or "6";
}
