namespace EfSafeMigrate.EndToEndTests.Phases;

[Collection(nameof(PhasedReleasesCollection))]
public sealed class MigratingAtStartUp(InstalledTool tool, PhasedSample sample)
{
    [Fact]
    public async Task NoSettingOutlivesTheMigrations()
    {
        await sample.ReadyAsync(tool);
        // The ordinary run has the foreign key among several.
        foreach (var pattern in (PhasedSample.Long ? new[] { "Several", "RenameIndexed", "AddForeignKey" } : ["Several", "RenameIndexed"]).Select(Patterns.Named))
        {
            await using var database = await PhasedDatabase.CopyAsync(sample.Old, pattern.Name);
            (await sample.Driver.AskAsync(database, pattern.Context, "leaks")).ShouldBe("", pattern.Name);
        }
    }

    /// <summary>Every process that fails is started again, as an orchestrator does.</summary>
    [Fact]
    public async Task ThreeAtOnceWithABackfillLongerThanTheTimeoutComeToAnEnd()
    {
        await sample.ReadyAsync(tool);
        var pattern = Patterns.Named("RenameOptional");
        await using var database = await PhasedDatabase.CopyAsync(sample.Old, pattern.Name);
        var rows = PhasedSample.Long ? 50000 : 15000;
        await database.ExecuteAsync($"""
            DELETE FROM "Orders";
            DELETE FROM "Customers" WHERE "Id" > {rows};
            CREATE FUNCTION drag() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(0.0002); RETURN NEW; END';
            CREATE TRIGGER drag BEFORE UPDATE ON "Customers" FOR EACH ROW EXECUTE FUNCTION drag();
            """);
        var before = await database.LinesAsync("""SELECT "Id", "Phone" FROM "Customers" ORDER BY "Id" """);

        var failures = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(StartUntilItRuns)));

        failures.Sum().ShouldBeGreaterThan(0, "the backfill is longer than the timeout");
        (await database.LinesAsync("""SELECT "Id", "PhoneNumber" FROM "Customers" ORDER BY "Id" """)).ShouldBe(before);
        (await sample.Driver.AskAsync(database, pattern.Context, "pending")).ShouldBe("False");
        var ids = (await sample.Driver.AskAsync(database, pattern.Context, "ids")).Split(' ');
        (await database.LinesAsync("""SELECT "MigrationId" FROM "__EFMigrationsHistory" ORDER BY 1""")).ShouldBe(ids);
        (await database.LinesAsync("SELECT indexrelid::regclass FROM pg_index WHERE NOT indisvalid")).ShouldBeEmpty();

        async Task<int> StartUntilItRuns()
        {
            for (var failed = 0; failed < 400; failed++)
            {
                await using var release = new Driver(sample.Project);
                try
                {
                    await release.AskAsync(database, pattern.Context, "all", "", "Command Timeout=2");
                    return failed;
                }
                catch (SampleException)
                {
                    await Task.Delay(100);
                }
            }
            throw new SampleException("The sample does not get through its start-up.");
        }
    }
}
