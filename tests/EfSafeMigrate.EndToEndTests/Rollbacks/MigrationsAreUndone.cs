namespace EfSafeMigrate.EndToEndTests.Rollbacks;

/// <summary>Migrations are undone by their Down: counted before, in the journal, and compared afterwards.</summary>
[Collection(nameof(UndoSample))]
public sealed class MigrationsAreUndone(InstalledTool tool, UndoSample sample)
{
    [Fact]
    public async Task WhatIsLostIsCountedBeforeAnybodyAgrees()
    {
        await using var notes = await sample.DatabaseAsync(tool, "CountedContext");
        var before = await Phases.Catalogue.SchemaAsync(notes.Database);
        await notes.MustAsync(0, "apply");
        await notes.Database.ExecuteAsync(""""
            UPDATE "Notes" SET "Tier" = 'gold' WHERE "Id" <= 37;
            UPDATE "Notes" SET "Rank ""x""" = 8 WHERE "Id" <= 5;
            INSERT INTO "Logs" SELECT i, 'x' FROM generate_series(1, 1234) i;
            """");
        var planned = await notes.MustAsync(0, "rollback", "Initial", "--plan-only");
        planned.Output.ShouldContain("Back to Initial by undoing 3 migrations, the newest first:");
        foreach (var sentence in Lost)
        {
            planned.Output.ShouldContain(sentence);
        }
        planned.Output.ShouldContain("EF forgets the migration");
        var json = await notes.MustAsync(0, "rollback", "0", "--plan-only", "--json");
        json.Output.ShouldContain("\"rows\":1234,\"sentence\":\"Logs is dropped with 1,234 rows.\"");
        json.Output.ShouldContain("\"sentence\":\"Notes is dropped with 100 rows.\"");
        await notes.RefusesAsync("Undoing Rank destroys data: Notes.Rank \"x\" is dropped with 5 values.", "--accept-data-loss Rank   when that is meant");
        await notes.RefusesAsync("Undoing Tier destroys data: Notes.Tier is dropped with 37 values.", "--accept-data-loss Tier", "Initial", "--accept-data-loss", "Rank", "--accept-data-loss", "Logs");

        var done = await notes.MustAsync(0, "rollback", "--to", "Initial", "--accept-data-loss", "Rank", "--accept-data-loss", "Logs", "--accept-data-loss", "Tier", "--reason", "the release is back");
        done.Output.ShouldContain("The schema is what it was ");
        (await notes.AppliedAsync()).ShouldBe([UndoSample.Initial]);
        (await Phases.Catalogue.SchemaAsync(notes.Database)).ShouldBe(before);
        (await notes.Database.LinesAsync("SELECT count(*) FROM \"Notes\"")).ShouldBe(["100"]);
        (await notes.LastRunAsync()).ShouldBe(
        [
            "overridden", "overridden", "overridden", "run-started", "step-started 20260104000000_Rank", "step-undone 20260104000000_Rank", "step-started 20260103000000_Logs", "step-undone 20260103000000_Logs",
            "step-started 20260102000000_Tier", "step-undone 20260102000000_Tier", "run-ended Done",
        ]);
        (await notes.Database.LinesAsync("SELECT entry::json ->> 'downTo', entry::json ->> 'reason' FROM safe_migrate.journal WHERE kind = 'run-started' ORDER BY number DESC LIMIT 1")).ShouldBe([$"{UndoSample.Initial} | the release is back"]);
        var status = await notes.MustAsync(0, "status");
        status.Output.ShouldNotContain("Undone by other means");

        // Up again, and back without a word: nobody has written anything.
        await notes.MustAsync(0, "apply");
        (await notes.MustAsync(0, "rollback")).Output.ShouldContain("It loses nothing.");
        (await Phases.Catalogue.SchemaAsync(notes.Database)).ShouldBe(before);
        (await notes.MustAsync(0, "rollback", "Initial")).Error.ShouldContain("there is nothing to undo");
    }

    private static readonly string[] Lost = ["Notes.Rank \"x\" is dropped with 5 values.", "Logs is dropped with 1,234 rows.", "Notes.Tier is dropped with 37 values."];

    [Fact]
    public async Task RowsThatComeMeanwhileAreNotLostUnsaid()
    {
        await using var notes = await sample.DatabaseAsync(tool, "CountedContext");
        await notes.MustAsync(0, "apply");
        await using (await notes.HoldingAsync("BEGIN; LOCK TABLE \"Notes\" IN ACCESS SHARE MODE"))
        {
            await using var run = notes.Follow("rollback", "Initial");
            await run.MustAsync("step-put-off");
            await notes.Database.ExecuteAsync("INSERT INTO \"Logs\" VALUES (1, 'the release goes on')");
            run.Signal(Applying.ApplyRun.Interrupt, Applying.Target.Tool);
            (await run.EndAsync()).Code.ShouldBe(3);
        }
        await notes.RefusesAsync("Undoing Logs destroys data: Logs is dropped with 1 row.", "--accept-data-loss Logs", "Initial");
    }

    [Fact]
    public async Task NoWayBack()
    {
        await using (var idle = await sample.DatabaseAsync(tool, "IdleContext"))
        {
            await idle.MustAsync(0, "apply");
            await idle.RefusesAsync("There is no way back from Tidy: its Down is empty. Restoring a backup is the only way", $"dotnet safe-migrate rollback {UndoSample.Initial} --backup DIR");
        }
        await using (var throwing = await sample.DatabaseAsync(tool, "ThrowingContext"))
        {
            await throwing.MustAsync(0, "apply");
            await throwing.RefusesAsync("There is no way back from Tier: its Down throws NotSupportedException.", $"dotnet safe-migrate rollback {UndoSample.Initial} --backup DIR");
        }
        await using var losing = await sample.DatabaseAsync(tool, "LosingContext");
        await losing.MustAsync(0, "apply", "--accept-data-loss", "NoTier");
        await losing.RefusesAsync("Undoing NoTier destroys data: What Notes.Tier held does not come back: 100 rows stay without it; only a backup has it.", "--accept-data-loss NoTier", "Tier");
    }

    [Fact]
    public async Task ADownThatLeavesSomethingIsTold()
    {
        await using var notes = await sample.DatabaseAsync(tool, "AstrayContext");
        await notes.MustAsync(0, "apply");
        await notes.Database.ExecuteAsync("CREATE INDEX by_hand ON \"Notes\" (\"Id\")");
        var ended = await notes.MustAsync(4, "rollback", "Tier");
        ended.Error.ShouldContain("The steps are done, but the schema is not what it was ");
        ended.Error.ShouldContain("the view Titles is there and was not");
        ended.Error.Split("The steps are done")[1].ShouldNotContain("by_hand", customMessage: "that was there before the rollback");
    }

    [Fact]
    public async Task WhatTheProjectDoesNotHave()
    {
        await using var notes = await sample.DatabaseAsync(tool, "CountedContext");
        await notes.MustAsync(0, "apply");
        // Of another context of the project, in the same history: not ours to undo.
        (await notes.RunOfAsync("OtherContext", "apply")).Code.ShouldBe(0);
        await notes.MustAsync(0, "rollback", "Logs");
        (await notes.AppliedAsync()).ShouldBe([UndoSample.Initial, "20260102000000_Tier", "20260103000000_Logs", "20260105000000_Elsewhere"]);
        await notes.Database.ExecuteAsync("INSERT INTO \"__EFMigrationsHistory\" VALUES ('20260106000000_Gone', '10.0.14')");
        await notes.RefusesAsync("EF has recorded 20260106000000_Gone, which this project does not have: nobody knows what undoes it.", "git log --all --oneline -- '*20260106000000_Gone*'", "Initial");
        await notes.RefusesAsync("`20260104000000_Rank` is not applied: there is no going back to it.", "dotnet safe-migrate status", "Rank");
    }

    [Fact]
    public async Task AnotherRunIsAtWork()
    {
        await using var notes = await sample.DatabaseAsync(tool, "CountedContext");
        await notes.MustAsync(0, "apply");
        await using (await notes.HoldingAsync("SELECT pg_advisory_lock(23294, 19734)"))
        {
            (await notes.MustAsync(3, "rollback", "Initial", "--lock-wait", "0")).Error.ShouldContain("Another run is at work on this database");
        }
        (await notes.AppliedAsync()).Count.ShouldBe(4);
    }

    [Fact]
    public async Task AJournalThatSomebodyChangedIsRefused()
    {
        await using var notes = await sample.DatabaseAsync(tool, "CountedContext");
        await notes.MustAsync(0, "apply");
        await notes.Database.ExecuteAsync("ALTER TABLE safe_migrate.journal DISABLE TRIGGER ALL; UPDATE safe_migrate.journal SET entry = replace(entry, 'Logs', 'Lags') WHERE kind = 'step-ended'");
        (await notes.MustAsync(4, "rollback", "Initial")).Error.ShouldContain("is not what was written: somebody changed or removed it.");
        (await notes.AppliedAsync()).Count.ShouldBe(4);
    }
}
