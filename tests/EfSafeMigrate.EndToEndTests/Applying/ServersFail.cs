using EfSafeMigrate.EndToEndTests.Phases;

namespace EfSafeMigrate.EndToEndTests.Applying;

/// <summary>The server itself goes away, or has no room left.</summary>
[Collection(nameof(RenamedSample))]
public sealed class ServersFail(InstalledTool tool, RenamedSample sample)
{
    [Fact]
    public async Task RestartedInAStep()
    {
        await sample.ReadyAsync(tool);
        await using var server = await OwnServer.StartAsync();
        await using var database = new PhasedDatabase("restarted", server.ConnectionString);
        await database.CreateAsync();
        await sample.FillAsync(database, 5_000);
        await using var run = sample.Apply(tool, database, null, sample.Slowly);
        await run.MustAsync("backfill");
        await server.RestartAsync();
        var ended = await run.EndAsync();
        ended.Code.ShouldBe(0, ended.ToString());
        (await Catalogue.SchemaAsync(database)).ShouldBe(sample.Gate.Schema);
        (await database.LinesAsync("""SELECT count(*) FROM "Customers" WHERE "FullName" IS NULL""")).ShouldBe(["0"]);
        (await RenamedSample.AppliedAsync(database)).ShouldBe(sample.Gate.Migrations);
    }

    [Fact]
    public async Task TheDiskIsFull()
    {
        await sample.ReadyAsync(tool);
        await using var server = await OwnServer.StartAsync(small: true);
        await using var database = new PhasedDatabase("full", server.ConnectionString);
        await database.CreateAsync();
        await sample.FillAsync(database, 60_000);
        // A reader holds the run back until the disk is full; the room that is left is for the journal.
        await using var reader = await Held.OpenAsync(database, """BEGIN; LOCK TABLE "Customers" IN ACCESS SHARE MODE""");
        await using var run = sample.Apply(tool, database);
        await run.MustAsync("step-put-off");
        var free = new DriveInfo(Path.GetDirectoryName(server.Filler)!).AvailableFreeSpace - (2 << 20);
        await using (var filler = File.Create(server.Filler))
        {
            var zeros = new byte[1 << 20];
            for (var left = free; left > 0; left -= zeros.Length)
            {
                await filler.WriteAsync(zeros);
            }
        }
        await reader.ExecuteAsync("COMMIT");
        var ended = await run.EndAsync();
        File.Delete(server.Filler);
        ended.Code.ShouldBeOneOf([3, 4], ended.ToString());
        ended.Error.ShouldMatch(@"(^|\n)  [A-Z][^\n]*\.\n  → [^\n]*apply --resume[^\n]*\n$", "one sentence and the next step");

        await using var again = sample.Apply(tool, database, null, "--resume");
        var resumed = await again.EndAsync();
        resumed.Code.ShouldBe(0, $"{ended}\n{resumed}");
        (await Catalogue.SchemaAsync(database)).ShouldBe(sample.Gate.Schema);
        (await RenamedSample.AppliedAsync(database)).ShouldBe(sample.Gate.Migrations);
    }
}
