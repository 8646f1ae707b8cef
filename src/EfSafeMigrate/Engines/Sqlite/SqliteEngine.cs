using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines.Sqlite;

internal static class SqliteEngine
{
    public static readonly Engine Value = new()
    {
        Id = "sqlite",
        Name = "SQLite",
        Providers = ["Microsoft.EntityFrameworkCore.Sqlite"],
        KnownAs = ["sqlite", "sqlite3", "turso"],
        Assumed = new(3, 40),
        ImpactOf = ImpactOf,
        Quote = Quote,
        Provider = SqliteForms.Value,
        Tests = SqliteTests.Value,
        Catalogue = SqliteCatalogue.Value(Quote),
        Probes = SqliteProbes.Value,
        // Elapsed time on 200 000 rows in WAL mode, SQLite 3.40.1: add_column_inline_check 117 ms, create_index 129 ms,
        // the rebuilds 330 to 710 ms (median 540), delete_all_rows 192 ms.
        Rates = new(Scan: 1_700_000, IndexBuild: 1_500_000, Rewrite: 450_000, RowChanges: 1_000_000),
        Updates = SqliteUpdates.Value,
        Scripts = Sqlite3Scripts.Value,
        Schema = SqliteSchemaLines.Value,
        Live = SqliteLiveSchema.Value,
        Rehearsals = SqliteRehearsals.Value,
        Backfill = SqliteBatches.Forms(Quote),
        Scratch = SqliteScratch.Value,
        Backups = SqliteBackups.Value,
        Incompatibilities =
        [
            new(Part.EfCore, "EF keeps others out by a row in `__EFMigrationsLock` that a killed process leaves behind, and waits for it without end; `repair lock` gives it back.", "https://github.com/dotnet/efcore/issues/38958") { From = 9 },
        ],
        IgnoredInTransaction = change => change is OtherStatement { Verb: var verb } && verb.StartsWith("PRAGMA foreign_keys =", StringComparison.OrdinalIgnoreCase)
            ? "foreign keys stay as they were" : null,
        OpeningCreates = true,
        OneWriter = true,
        RebuildsTables = true,
        Phases = SqlitePhases.Forms(Quote),
        NoPhases = "SQLite has one writer and rebuilds tables",
    };

    private static string Quote(string identifier) => $"\"{identifier.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static Impact? ImpactOf(Change change, ServerState state) =>
        SqliteStatements.ImpactOf(change, state) ?? SqliteRebuild.ImpactOf(change, state) ?? SqliteAbsent.ImpactOf(change);
}
