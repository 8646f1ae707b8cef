using System.Globalization;
using System.Text.RegularExpressions;

namespace EfSafeMigrate.Engines.Postgres;

internal static partial class PostgresCheckpoints
{
    public const string Table = """
        CREATE TABLE IF NOT EXISTS safe_migrate.checkpoint (
            migration text PRIMARY KEY,
            run text NOT NULL,
            checksum text NOT NULL,
            done int NOT NULL,
            begun int,
            written timestamptz NOT NULL DEFAULT clock_timestamp())
        """;

    public static readonly CheckpointForms Value = new()
    {
        Mark = mark => $"""
            INSERT INTO safe_migrate.checkpoint (migration, run, checksum, done, begun)
            VALUES ({mark.Migration.Literal()}, {mark.Run.Literal()}, {mark.Checksum.Literal()}, {Number(mark.Done)}, {(mark.Begun is { } begun ? Number(begun) : "NULL")})
            ON CONFLICT (migration) DO UPDATE SET run = excluded.run, checksum = excluded.checksum, done = excluded.done, begun = excluded.begun, written = clock_timestamp()
            """,
        Forget = migration => $"DELETE FROM safe_migrate.checkpoint WHERE migration = {migration.Literal()}",
        Settle = (migration, run) => $"UPDATE safe_migrate.checkpoint SET begun = NULL WHERE migration = {migration.Literal()} AND run = {run.Literal()}",
        All = new("SELECT migration FROM safe_migrate.checkpoint"),
        Find = migration => new("SELECT run, checksum, done, begun FROM safe_migrate.checkpoint WHERE migration = @p0", migration),
        OfSession = sql => Session().IsMatch(sql),
        Repeatable = sql => Again().IsMatch(sql),
    };

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^SET\s", RegexOptions.IgnoreCase)]
    private static partial Regex Session();

    [GeneratedRegex(
        @"^\s*(VACUUM|ANALYZE|REINDEX|CLUSTER|SET|ALTER\s+SYSTEM|REFRESH|CREATE\s+OR\s+REPLACE|(CREATE|DROP)\s[^;]*\sIF\s+(NOT\s+)?EXISTS|ALTER\s+TYPE\s[^;]*ADD\s+VALUE\s+IF\s+NOT|ALTER\s+TABLE\s[^;,]*\sVALIDATE\s+CONSTRAINT)\b[^;]*;?\s*$",
        RegexOptions.IgnoreCase)]
    private static partial Regex Again();
}
