using EfSafeMigrate.EndToEndTests.Phases;

namespace EfSafeMigrate.EndToEndTests.Applying;

/// <summary>SIGKILL between any two batches of a backfill, again and again: rows that were committed are not written twice, and none is left out.</summary>
[Collection(nameof(RenamedSample))]
public sealed class ABackfillIsKilled(InstalledTool tool, RenamedSample sample)
{
    private static readonly int Times = RenamedSample.Full ? 20 : 2;

    [Fact]
    public async Task EveryRowIsWrittenOnce()
    {
        await sample.ReadyAsync(tool);
        await using var database = await sample.CopyAsync();
        await database.ExecuteAsync("""
            CREATE TABLE audit (id int NOT NULL);
            CREATE FUNCTION audit() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO audit VALUES (NEW."Id"); RETURN NULL; END $$;
            CREATE TRIGGER audit AFTER UPDATE ON "Customers" FOR EACH ROW EXECUTE FUNCTION audit();
            """);
        var random = new Random(7);
        var reached = -1;
        for (var time = 0; time < Times; time++)
        {
            await using var run = sample.Apply(tool, database, null, [.. time == 0 ? Array.Empty<string>() : ["--resume"], .. sample.Slowly]);
            await run.MustAsync("backfill");
            await Task.Delay(random.Next(20, 350));
            run.HasEnded.ShouldBeFalse("it was to be killed amid the backfill");
            run.Signal(ApplyRun.Kill, (Target)(time % 3));
            await run.EndAsync();
            await Sessions.NoneAsync(database, "killed");
            var walked = int.Parse((await database.LinesAsync("SELECT coalesce(sum(walked::int), 0) FROM safe_migrate.backfill_part"))[0], System.Globalization.CultureInfo.InvariantCulture);
            walked.ShouldBeGreaterThanOrEqualTo(reached, "a checkpoint never goes back");
            (await database.LinesAsync("SELECT count(*) FROM audit"))[0].ShouldBe(walked.ToString(System.Globalization.CultureInfo.InvariantCulture), "a checkpoint stands where its rows do");
            reached = walked;
        }
        await using var last = sample.Apply(tool, database, null, "--resume");
        var ended = await last.EndAsync();
        ended.Code.ShouldBe(0, ended.ToString());
        (await database.LinesAsync("""
            SELECT count(*) - count(DISTINCT a.id) || ' twice, ' || (SELECT count(*) FROM "Customers") - count(DISTINCT a.id) || ' not' FROM audit a
            """))[0].ShouldBe("0 twice, 0 not");
        (await database.LinesAsync("SELECT entry::json ->> 'walked', entry::json ->> 'proven' FROM safe_migrate.journal WHERE kind = 'backfill-ended'"))[0]
            .ShouldBe($"{(await database.LinesAsync("""SELECT count(*) FROM "Customers" """))[0]} | true");
    }
}
