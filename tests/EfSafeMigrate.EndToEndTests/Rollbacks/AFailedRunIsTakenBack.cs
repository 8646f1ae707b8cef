using EfSafeMigrate.EndToEndTests.Phases;

namespace EfSafeMigrate.EndToEndTests.Rollbacks;

/// <summary>What a run had applied when it failed: it stays, is undone, or a backup takes its place.</summary>
[Collection(nameof(UndoSample))]
public sealed class AFailedRunIsTakenBack(InstalledTool tool, UndoSample sample) : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("safe-migrate-backups-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task ByItsDowns()
    {
        await using var notes = await sample.DatabaseAsync(tool, "FailingContext");
        var (schema, data) = (await Catalogue.SchemaAsync(notes.Database), await Catalogue.DataAsync(notes.Database, []));
        var ended = await notes.MustAsync(3, "apply", "--on-failure", "rollback");
        ended.Error.ShouldContain("division by zero");
        ended.Error.ShouldContain("What the run had applied before was undone: 2 migrations.");
        (await notes.AppliedAsync()).ShouldBe([UndoSample.Initial]);
        (await Catalogue.SchemaAsync(notes.Database)).ShouldBe(schema);
        (await Catalogue.DataAsync(notes.Database, [])).ShouldBe(data);
        (await notes.LastRunAsync()).ShouldBe(
        [
            "run-started", "step-started 20260103000000_Logs", "step-undone 20260103000000_Logs", "step-started 20260102000000_Tier", "step-undone 20260102000000_Tier", "run-ended Done",
        ]);
        (await notes.Database.LinesAsync("SELECT entry::json ->> 'outcome' FROM safe_migrate.journal WHERE kind = 'run-ended' ORDER BY number")).ShouldBe(["Failed", "Done"]);

        // As without it: what was applied stays.
        await notes.MustAsync(3, "apply");
        (await notes.AppliedAsync()).Count.ShouldBe(3);
    }

    [Fact]
    public async Task NotWhereOthersHaveWrittenMeanwhile()
    {
        await using var notes = await sample.DatabaseAsync(tool, "FailingContext");
        await using var held = await notes.HoldingAsync("SELECT pg_advisory_lock(42)");
        await using var run = notes.Follow("apply", "--on-failure", "rollback");
        await Applying.Sessions.InLineAsync(notes.Database);
        await notes.Database.ExecuteAsync("INSERT INTO \"Logs\" SELECT 1000 + i, 'of the release' FROM generate_series(1, 3) i");
        await held.DisposeAsync();
        var ended = await run.EndAsync();
        ended.Code.ShouldBe(4, ended.ToString());
        ended.Error.ShouldContain("It was not rolled back: Of this run are 100 rows, and Logs is dropped with 103 rows.");
        ended.Error.ShouldContain($"dotnet safe-migrate rollback {UndoSample.Initial} --accept-data-loss Logs   when that is meant");
        (await notes.AppliedAsync()).Count.ShouldBe(3);
        (await notes.Database.LinesAsync("SELECT count(*) FROM \"Logs\"")).ShouldBe(["103"]);
    }

    [Fact]
    public async Task ByABackup()
    {
        await using var notes = await sample.DatabaseAsync(tool, "FailingContext");
        (await notes.MustAsync(3, "apply", "--on-failure", "restore")).Error.ShouldContain("--on-failure restore needs a proven backup of this database, and none is made or named.");
        var backup = Path.Combine(folder, "before");
        await notes.MustAsync(0, "backup", "--output", backup);
        var (schema, data) = (await Catalogue.SchemaAsync(notes.Database), await Catalogue.DataAsync(notes.Database, []));
        var ended = await notes.MustAsync(3, "apply", "--on-failure", "restore", "--backup", backup);
        ended.Error[ended.Error.IndexOf("was restored", StringComparison.Ordinal)..].ShouldStartWith("was restored: the database is what it was. public.Logs is not in the backup: its 100 rows are lost. public.Notes has ");
        (await notes.AppliedAsync()).ShouldBe([UndoSample.Initial]);
        (await Catalogue.SchemaAsync(notes.Database)).ShouldBe(schema);
        (await Catalogue.DataAsync(notes.Database, [])).ShouldBe(data);
        (await notes.LastRunAsync()).ShouldBe(["run-started", "overridden", "backup-restored", "run-ended Done"]);
        await notes.MustAsync(3, "apply");

        // Nobody could be asked in the middle of a run.
        await notes.MustAsync(0, "protect", "--reason", "customers are served from it");
        (await notes.MustAsync(3, "apply", "--on-failure", "restore", "--backup", backup)).Error.ShouldContain("--on-failure restore loses what the application writes during the run, and ");
    }

    [Fact]
    public async Task ByTheBackupThatTheRunMade()
    {
        await using var notes = await sample.DatabaseAsync(tool, "FailingContext");
        var (schema, data) = (await Catalogue.SchemaAsync(notes.Database), await Catalogue.DataAsync(notes.Database, []));

        var ended = await notes.MustAsync(3, "apply", "--on-failure", "restore", "--backup-dir", folder);

        ended.Error.ShouldContain("was restored: the database is what it was.");
        (await notes.AppliedAsync()).ShouldBe([UndoSample.Initial]);
        (await Catalogue.SchemaAsync(notes.Database)).ShouldBe(schema);
        (await Catalogue.DataAsync(notes.Database, [])).ShouldBe(data);
        Directory.GetDirectories(folder).ShouldHaveSingleItem();
    }
}
