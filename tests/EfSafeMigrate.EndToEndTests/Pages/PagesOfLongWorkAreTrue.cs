using EfSafeMigrate.EndToEndTests.Applying;
using EfSafeMigrate.EndToEndTests.Phases;

namespace EfSafeMigrate.EndToEndTests.Pages;

/// <summary>The pages on backfills and on scratch databases, typed on a database with a phased rename.</summary>
[Collection(nameof(RenamedSample))]
public sealed class PagesOfLongWorkAreTrue(InstalledTool tool, RenamedSample sample)
{
    private static readonly string Of = string.Join(' ', RenamedSample.Of);

    [Fact]
    public async Task Backfills()
    {
        await sample.ReadyAsync(tool);
        await using var database = await sample.CopyAsync();
        var (page, reader) = (new HowToPage("backfill.md"), new Reader(tool, sample.Project, ("PHASES", database.ConnectionString)));
        Task<string> MustAsync(string command) => reader.MustAsync(0, $"{command} {Of} 2>&1");
        string Backfill() => page.Take("dotnet safe-migrate backfill RenameCustomerName2Backfill", ("RenameCustomerName", "RenameIndexed"));
        await MustAsync("dotnet safe-migrate apply --until expand --skip-backup 'a test' --skip-rehearsal 'a test'");

        var backfill = Backfill();
        var running = reader.TypeAsync($"{backfill} --batch-size 50 --pause-ms 200 {Of}");
        while (!running.IsCompleted && ((await database.LinesAsync("SELECT 1 WHERE to_regclass('safe_migrate.backfill') IS NOT NULL")).Count == 0 || (await database.LinesAsync("SELECT 1 FROM safe_migrate.backfill")).Count == 0))
        {
            await Task.Delay(50);
        }
        (await MustAsync(page.Take("dotnet safe-migrate backfill pause"))).ShouldContain("stands still after the batch it is at");
        (await MustAsync(page.Take("dotnet safe-migrate backfill unpause"))).ShouldContain("goes on");
        (await MustAsync(page.Take("dotnet safe-migrate status"))).ShouldContain("Backfill ");
        await MustAsync("dotnet safe-migrate backfill pause");
        (await MustAsync(page.Take("dotnet safe-migrate backfill tune"))).ShouldContain("100 ms");
        (await MustAsync(page.Take("dotnet safe-migrate backfill cancel"))).ShouldContain("ends");
        var ended = await running;
        ended.Code.ShouldBe(3, ended.Output + ended.Error);
        ended.Error.ShouldContain("was cancelled by hand");

        (await MustAsync(backfill)).ShouldContain("Proven: ");
        (await MustAsync(Backfill())).ShouldContain("Proven: ");
        await database.ExecuteAsync("""CREATE TABLE "Bills" (id int PRIMARY KEY, net int, tax int, "Total" int); INSERT INTO "Bills" SELECT g, g, 7, CASE WHEN g % 2 = 0 THEN 0 END FROM generate_series(1, 100) g""");
        await MustAsync(page.Take("dotnet safe-migrate backfill --table", ("Orders", "Bills")));
        (await database.LinesAsync("""SELECT count(*) FILTER (WHERE "Total" = net + tax), count(*) FILTER (WHERE "Total" = 0) FROM "Bills" """)).ShouldBe(["50 | 50"]);
        page.ShouldBeTyped();
    }

    [Fact]
    public async Task Scratches()
    {
        await sample.ReadyAsync(tool);
        await using var database = await sample.CopyAsync();
        await using var scratch = new PhasedDatabase("scratch");
        await scratch.CreateAsync();
        const string leaves = """CREATE TABLE "Leaves" (id int PRIMARY KEY, note text)""";
        await database.ExecuteAsync(leaves);
        var (page, reader) = (new HowToPage("scratch.md"), new Reader(tool, sample.Project, ("PHASES", database.ConnectionString), ("SCRATCH", scratch.ConnectionString)));
        string Seed() => $"{page.Take("dotnet safe-migrate seed", ("Orders", "Leaves"), ("100000", "1000"))} {Of} 2>&1";
        foreach (var _ in Enumerable.Range(0, 2))
        {
            (await reader.MustAsync(0, Seed())).ShouldContain("Leaves: 1000 rows");
        }
        var named = Seed();
        (await reader.MustAsync(2, named)).ShouldContain("apply the migrations to that database first");
        await scratch.ExecuteAsync(leaves);
        await reader.MustAsync(0, named);
        ((await CountAsync(database)), (await CountAsync(scratch))).ShouldBe(("0", "1000"));
        page.ShouldBeTyped();

        static async Task<string> CountAsync(PhasedDatabase there) => (await there.LinesAsync("""SELECT count(*) FROM "Leaves" """))[0];
    }
}
