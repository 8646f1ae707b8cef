using System.Text.Json;
using System.Text.RegularExpressions;

namespace EfSafeMigrate.EndToEndTests;

[Collection(nameof(InstalledTool))]
public sealed partial class ReviewingALiveDatabase(InstalledTool tool)
{
    private const string Applied = "20260413120530_RenameSupplierPhone";
    private static readonly string[] Ahead = ["--from", Applied, "--to", "PaymentDatesAsTimestamps", "--server-version", "15"];

    /// <summary>Two customers share an address and three have none, two payments have no date that can be read, the order ids near their end.</summary>
    private const string Rows = """
        ALTER TABLE "Customers" SET (autovacuum_enabled = off);
        ALTER TABLE "Orders" SET (autovacuum_enabled = off);
        ALTER TABLE "Payments" SET (autovacuum_enabled = off);
        INSERT INTO "Customers" ("Name", "Email") SELECT 'n', 'c' || g || '@example.org' FROM generate_series(1, 500) g;
        UPDATE "Customers" SET "Email" = NULL WHERE "Id" IN (7, 8, 9);
        UPDATE "Customers" SET "Email" = 'c4@example.org' WHERE "Id" = 5;
        INSERT INTO "Orders" ("Number", "CustomerId", "Status", "PlacedAt", "Total", "ShippingAddress_Street", "ShippingAddress_City", "ShippingAddress_Country")
          SELECT 'A' || g, g % 500 + 1, 'Paid', now(), 10, 's', 'c', 'de' FROM generate_series(1, 20000) g;
        INSERT INTO "Orders" ("Id", "Number", "CustomerId", "Status", "PlacedAt", "Total", "ShippingAddress_Street", "ShippingAddress_City", "ShippingAddress_Country")
          VALUES (1720000000, 'Z', 1, 'Paid', now(), 10, 's', 'c', 'de');
        INSERT INTO "Payments" ("OrderId", "Amount", "ReceivedOn", "Method") SELECT g, 10, '2026-03-0' || g % 9 + 1, 'Card' FROM generate_series(1, 12000) g;
        UPDATE "Payments" SET "ReceivedOn" = 'last Tuesday' WHERE "Id" IN (3, 4);
        """;

    [Fact]
    public async Task TheReportSaysWhatTheDatabaseHolds()
    {
        await using var shop = await LiveShop.CreateAsync(tool, Applied);
        await shop.ExecuteAsync(Rows);
        await Should.ThrowAsync<Npgsql.PostgresException>(() => shop.ExecuteAsync("""CREATE UNIQUE INDEX CONCURRENTLY "IX_Customers_Email" ON "Customers" ("Email")"""));
        await shop.ExecuteAsync("ANALYZE");
        await using var night = await shop.OpenAsync("night-report");
        await using var transaction = await night.BeginTransactionAsync();
        await using (var command = new Npgsql.NpgsqlCommand("""SELECT count(*) FROM "Orders" """, night))
        {
            await command.ExecuteScalarAsync();
        }
        await Task.Delay(TimeSpan.FromSeconds(6));
        var before = await ContentsAsync(shop);

        var text = await tool.RunAsync(shop.Project, ["review", "--connect", "--no-build", "--probe-timeout", "60", .. Ahead], environment: shop.Environs);
        var json = await tool.RunAsync(shop.Project, ["review", "--connect", "--no-build", "--probe-timeout", "60", "--json", .. Ahead], environment: shop.Environs);

        Approved.ShouldBe("Shop.live.txt", Steady(text.Output, shop));
        text.Code.ShouldBe(1, text.Error);
        (await ContentsAsync(shop)).ShouldBe(before);
        text.Output.ShouldNotContain("example.org");
        json.Output.ShouldNotContain("example.org");
        using var document = JsonDocument.Parse(json.Output);
        var database = document.RootElement.GetProperty("database");
        database.GetProperty("settings").GetProperty("lock_timeout").GetString().ShouldBe("0ms");
        database.GetProperty("tables").EnumerateArray().Single(table => table.GetProperty("table").GetString() == "Customers").GetProperty("rows").GetInt64().ShouldBe(500);
        database.GetProperty("probes").EnumerateArray().ShouldAllBe(probe => probe.GetProperty("unanswered").ValueKind == JsonValueKind.Null);
        document.RootElement.GetProperty("findings").EnumerateArray()
            .Single(finding => finding.GetProperty("rule").GetString() == "unique-data-dependent")
            .GetProperty("answer").GetProperty("found").GetInt64().ShouldBe(1);
    }

    [Fact]
    public async Task AQuestionThatTakesTooLongIsSaidToBeOpen()
    {
        await using var shop = await LiveShop.CreateAsync(tool, Applied);
        await shop.ExecuteAsync(Rows);

        var result = await tool.RunAsync(
            shop.Project, ["review", "--connect", "--no-build", "--probe-timeout", "0.001", .. Ahead], environment: shop.Environs);

        result.Code.ShouldBe(1, result.Error);
        result.Output.ShouldContain("stopped after 0.001 s");
        (await tool.RunAsync(shop.Project, ["review", "--probe-timeout", "soon"])).Code.ShouldBe(2);
    }

    private static async Task<string> ContentsAsync(LiveShop shop)
    {
        await using var connection = await shop.OpenAsync("test");
        await using var command = new Npgsql.NpgsqlCommand("""
            SELECT (SELECT count(*) FROM pg_class) || ' ' || (SELECT md5(string_agg(c::text, ',' ORDER BY "Id")) FROM "Customers" c)
            """, connection);
        return (string)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Replaces what differs between runs and servers: names, time, process, and the bytes of a page layout.</summary>
    private static string Steady(string text, LiveShop shop)
    {
        var joined = Continuation().Replace(text.Replace(shop.Database, "shop", StringComparison.Ordinal).Replace(Path.GetFileName(shop.Project), "Shop", StringComparison.Ordinal), " ");
        return Bytes().Replace(Pid().Replace(Time().Replace(Server().Replace(joined, "shop@server"), "measured 09:14"), "pid 123, 14 s"), ", 64 KB)");
    }

    /// <summary>The length of a process id moves the end of the line.</summary>
    [GeneratedRegex(@"\n {6}(?=\S)")]
    private static partial Regex Continuation();

    [GeneratedRegex(@"shop@[^ ]+")]
    private static partial Regex Server();

    [GeneratedRegex(@"measured \d\d:\d\d")]
    private static partial Regex Time();

    [GeneratedRegex(@"pid \d+, \d+ (s|min)")]
    private static partial Regex Pid();

    [GeneratedRegex(@", [\d.]+\s+(b|KB|MB)\)")]
    private static partial Regex Bytes();
}
