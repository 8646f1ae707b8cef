using System.Globalization;

namespace EfSafeMigrate.Engines.Sqlite;

/// <summary>A rebuild of a table runs with foreign keys switched off, which only works outside a transaction: nearly every migration has parts.</summary>
internal static class SqliteCheckpoints
{
    public const string Table = """
        CREATE TABLE IF NOT EXISTS "__safe_migrate_checkpoint" (
            "migration" TEXT PRIMARY KEY, "run" TEXT NOT NULL, "checksum" TEXT NOT NULL, "done" INTEGER NOT NULL, "begun" INTEGER,
            "written" TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')))
        """;

    public static readonly CheckpointForms Value = new()
    {
        Mark = mark => $"""
            INSERT OR REPLACE INTO "__safe_migrate_checkpoint" ("migration", "run", "checksum", "done", "begun")
            VALUES ({Literal(mark.Migration)}, {Literal(mark.Run)}, {Literal(mark.Checksum)}, {Number(mark.Done)}, {(mark.Begun is { } begun ? Number(begun) : "NULL")})
            """,
        Forget = migration => $"DELETE FROM \"__safe_migrate_checkpoint\" WHERE \"migration\" = {Literal(migration)}",
        Settle = (migration, run) => $"UPDATE \"__safe_migrate_checkpoint\" SET \"begun\" = NULL WHERE \"migration\" = {Literal(migration)} AND \"run\" = {Literal(run)}",
        All = new("SELECT \"migration\" FROM \"__safe_migrate_checkpoint\""),
        Find = migration => new("SELECT \"run\", \"checksum\", \"done\", \"begun\" FROM \"__safe_migrate_checkpoint\" WHERE \"migration\" = @p0", migration),
        OfSession = IsPragma,
        Repeatable = sql => sql.TrimStart().StartsWith("VACUUM", StringComparison.OrdinalIgnoreCase),
    };

    private static bool IsPragma(string sql) => sql.TrimStart().StartsWith("PRAGMA", StringComparison.OrdinalIgnoreCase);

    public static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
