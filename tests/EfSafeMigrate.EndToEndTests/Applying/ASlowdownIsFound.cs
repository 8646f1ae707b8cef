namespace EfSafeMigrate.EndToEndTests.Applying;

[Collection(nameof(InstalledTool))]
public class ASlowdownIsFound(InstalledTool tool)
{
    [Fact]
    public async Task AndTheQueryIsNamedInTheOutputAndInTheLog()
    {
        await using var shop = await PublishedShop.CreateAsync(tool);
        await shop.AppliedAsync(["--to", PublishedShop.First]);
        await shop.Database.ExecuteAsync("""
            CREATE VIEW steady AS SELECT 1 AS a;
            CREATE VIEW dashboard AS
              SELECT pg_sleep(CASE WHEN EXISTS (SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" LIKE '%AddProductSalesView') THEN 0.4 ELSE 0 END)::text AS a
            """);
        shop.Settle("""
            { "schemaVersion": 1, "watch": { "dashboard of sales": "SELECT * FROM dashboard", "steady": "SELECT * FROM steady", "broken": "SELECT * FROM nowhere" } }
            """);
        var logs = Path.Combine(shop.Home, "logs");

        var result = await shop.ApplyAsync(["--to", "AddProductSalesView", "--watch", "2s", "--log-dir", logs]);

        result.Code.ShouldBe(0, result.Output + result.Error);
        var worse = result.Output.Split('\n').Where(line => line.StartsWith("  ! ", StringComparison.Ordinal)).ToArray();
        worse.ShouldContain(line => line.StartsWith("  ! dashboard of sales: 4", StringComparison.Ordinal));
        worse.ShouldNotContain(line => line.Contains("steady", StringComparison.Ordinal));
        // The tool's own reads, which are the only other thing that happens here.
        worse.ShouldNotContain(line => line.Contains("rollbacks", StringComparison.Ordinal));
        result.Output.ShouldMatch(@"broken: no sample, before no sample, during no sample \(\d+ failed");
        result.Output.ShouldContain("rollbacks a second:");
        (await File.ReadAllTextAsync(Directory.GetFiles(logs).Single())).ShouldContain("**worse** dashboard of sales");
    }
}
