namespace EfSafeMigrate.EndToEndTests.Applying;

[Collection(nameof(InstalledTool))]
public class EveryRunHasALog(InstalledTool tool)
{
    [Fact]
    public async Task ThatOnlyItsOwnerReads()
    {
        await using var shop = await PublishedShop.CreateAsync(tool);
        Directory.CreateDirectory(Path.Combine(shop.Home, ".config"));
        await File.WriteAllTextAsync(Path.Combine(shop.Home, ".config", "safe-migrate.json"), """
            { "schemaVersion": 1, "verify": { "suppliers can be read": "SELECT count(*) = 0 FROM \"Suppliers\"", "nobody asks": "SELECT 1 WHERE false" } }
            """);
        var log = await ApplyAsync(shop, 0, PublishedShop.First);

        log.ShouldContain($"database: `{shop.Database.Name}` on `127.0.0.1:");
        log.ShouldContain("EF Core 10.0.14");
        log.ShouldContain("outcome: **done.**");
        log.ShouldContain("| 20260112093000_Initial |");
        log.ShouldContain("CREATE TABLE \"Suppliers\"");
        log.ShouldContain("## Verification\n\n- EF has recorded 1 migration, and 17 wait.\n- No index or constraint was left invalid.\n- 9 tables, ");
        log.ShouldContain(" are as the model says.\n- The next numbers are free: Categories.Id (up to nothing, none given); ");
        log.ShouldContain("- `suppliers can be read` answers `True`.\n- `nobody asks` answers no row.\n- 6 of 6 checks passed.\n");
        log.ShouldContain("plan: `");
    }

    [Fact]
    public async Task ThatSaysWhyItFailedAndWhatCameBefore()
    {
        await using var shop = await PublishedShop.CreateAsync(tool);
        await shop.AppliedAsync(["--to", PublishedShop.First]);
        await shop.Database.ExecuteAsync("CREATE VIEW \"ProductSales\" AS SELECT 1 AS \"A\"");

        var log = await ApplyAsync(shop, 3, PublishedShop.Fifth);

        log.ShouldContain("outcome: **failed.**");
        log.ShouldContain("already exists");
        log.ShouldContain("next: ");
        log.ShouldContain("## Verification\n\n- Not reached.\n");
        log.ShouldContain("AddProductSalesView |  | not applied");
    }

    [Fact]
    public async Task ThatSaysWhatIsOtherThanTheModel()
    {
        await using var shop = await PublishedShop.CreateAsync(tool);
        await shop.Database.ExecuteAsync("""
            CREATE FUNCTION meddle() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN
              IF to_regclass('"Suppliers"') IS NOT NULL THEN ALTER TABLE "Suppliers" ALTER "Name" DROP NOT NULL; END IF;
            END $$;
            CREATE EVENT TRIGGER meddle ON ddl_command_end WHEN TAG IN ('CREATE INDEX') EXECUTE FUNCTION meddle();
            """);

        var log = await ApplyAsync(shop, 4, PublishedShop.First);

        log.ShouldContain("Suppliers.Name");
        log.ShouldContain("| 20260112093000_Initial |");
    }

    [Fact]
    public async Task AndWhereNoneCanBeWrittenNothingIsChanged()
    {
        await using var shop = await PublishedShop.CreateAsync(tool);
        var file = Path.Combine(shop.Home, "a-file");
        await File.WriteAllTextAsync(file, "");

        var result = await shop.ApplyAsync(["--to", PublishedShop.First, "--log-dir", Path.Combine(file, "logs")]);

        result.Code.ShouldBe(2);
        result.Error.ShouldContain("Nothing was changed.");
        (await shop.Database.LinesAsync("SELECT tablename FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')")).ShouldBeEmpty();
    }

    private static async Task<string> ApplyAsync(PublishedShop shop, int code, string to)
    {
        var logs = Path.Combine(shop.Home, "logs");
        var result = await shop.ApplyAsync(["--to", to, "--log-dir", logs]);
        result.Code.ShouldBe(code, result.Output + result.Error);
        var file = Directory.GetFiles(logs).Single();
        Path.GetFileName(file).ShouldMatch(@"^\d{8}-\d{6}-[0-9a-f]{12}\.md$");
#pragma warning disable CA1416 // The tests run on Linux.
        File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
#pragma warning restore CA1416
        return await File.ReadAllTextAsync(file);
    }
}
