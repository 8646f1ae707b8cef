using System.Text.Json;
using EfSafeMigrate.EndToEndTests.Applying;

namespace EfSafeMigrate.EndToEndTests;

/// <summary>The pending migrations of real projects, tried on a scratch database: what is right is not spoken of, what is wrong is found.</summary>
[Collection(nameof(InstalledTool))]
public sealed class Rehearsing(InstalledTool tool)
{
    /// <summary>Changes that are no phases: what the release before all of them needs.</summary>
    private static readonly (string?, string?)[] Breaks =
    [
        ("BreaksRelease", "After 20260713142204_PaymentDatesAsTimestamps the previous release cannot insert BankTransferPayment, CardPayment and Payment: column \"ReceivedOn\" is of type timestamp with time zone but expression is of type character varying."),
        ("BreaksRelease", "After 20260727082647_DropCustomerFax the previous release cannot insert Customer: column \"Fax\" of relation \"Customers\" does not exist."),
        ("BreaksRelease", "After 20260727082647_DropCustomerFax the previous release cannot read Customer: column c.Fax does not exist."),
        ("BreaksRelease", "After 20260810113350_AddProductWarranty the previous release cannot insert Product: column \"ReorderLevel\" of relation \"Products\" does not exist."),
        ("BreaksRelease", "After 20260810113350_AddProductWarranty the previous release cannot read Product: column p.ReorderLevel does not exist."),
    ];

    private const string Down = "migrationBuilder.DropColumn(";

    [Fact]
    public async Task OfTheShopOnlyTheRunningReleaseStops()
    {
        await using var shop = await LiveShop.CreateAsync(tool, "20260427083355_RequireCustomerEmail");
        await shop.ExecuteAsync("""
            INSERT INTO "Customers" ("Name", "Email", "Fax") SELECT 'n', 'c' || g || '@example.org', g FROM generate_series(1, 200) g;
            INSERT INTO "Orders" ("Number", "CustomerId", "Status", "PlacedAt", "Total", "ShippingAddress_Street", "ShippingAddress_City", "ShippingAddress_Country")
              SELECT 'A' || g, g % 200 + 1, 'Paid', now(), 10, 's', 'c', 'de' FROM generate_series(1, 500) g;
            CREATE TABLE audit ("order" int REFERENCES "Orders" ("Id"));
            ANALYZE;
            """);

        var result = await tool.RunAsync(shop.Project, ["rehearse", "--connect", "--no-build", "--json", "--sample", "50%"], environment: shop.Environs);

        result.Code.ShouldBe(1, result.Output + result.Error);
        using var document = JsonDocument.Parse(result.Output);
        var migrations = document.RootElement.GetProperty("migrations").EnumerateArray().ToList();
        migrations.Count.ShouldBe(9);
        migrations.ShouldAllBe(migration => migration.GetProperty("againMilliseconds").ValueKind == JsonValueKind.Number);
        migrations.SelectMany(migration => migration.GetProperty("defects").EnumerateArray()).Select(defect => (defect.GetProperty("kind").GetString(), defect.GetProperty("sentence").GetString())).ShouldBe(Breaks);
        Named("DropCustomerFax").GetProperty("byDesign")[0].GetString()!.ShouldContain("lose their value of Customers.Fax");
        Named("OrderIdsToBigint").GetProperty("commands").EnumerateArray().SelectMany(command => command.GetProperty("compared").EnumerateArray())
            .Where(seen => seen.GetProperty("verdict").GetString() != "Confirmed").Select(seen => seen.GetProperty("sentence").GetString())
            .ShouldHaveSingleItem().ShouldBe("ACCESS EXCLUSIVE on audit, which review does not know of");
        Named("OrderIdsToBigint").GetProperty("longestLock").GetProperty("mode").GetString().ShouldBe("ACCESS EXCLUSIVE");

        JsonElement Named(string name) => migrations.Single(migration => migration.GetProperty("id").GetString()!.EndsWith(name, StringComparison.Ordinal));
    }

    [Fact]
    public async Task AWrongWayDownIsFoundAndTheFileIsAsItWas()
    {
        var project = tool.Copy("Tiny");
        var file = Path.Combine(project, "notes.db");
        var arguments = new[] { "rehearse", "--connection", $"Data Source={file}", "--no-color" };
        var migration = Directory.GetFiles(Path.Combine(project, "Migrations"), "*_AddBody.cs").Single();
        var text = await File.ReadAllTextAsync(migration);
        text.ShouldContain(Down);
        await File.WriteAllTextAsync(migration, text.Replace("protected override void Down(MigrationBuilder migrationBuilder)", "protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(\"SELECT 1\");\n\n    static void Gone(MigrationBuilder migrationBuilder)", StringComparison.Ordinal));
        using (SqliteFile.Open(file))
        {
            // There, and empty.
        }

        var result = await tool.RunAsync(project, arguments);

        result.Code.ShouldBe(1, result.Output + result.Error);
        result.Output.ShouldContain("AddBody is undone, and the column Notes.Body is there and was not");
        result.Output.ShouldContain("2 migrations rehearsed, ");
        result.Output.Split('\n').ShouldAllBe(line => line.Length <= 80);
        SqliteFile.Lines(file, "SELECT name FROM sqlite_master").ShouldBeEmpty();

        string[] apply = ["apply", "--connection", $"Data Source={file}", "--expect-database", "main", "--yes", "--no-color", "--rehearse"];
        var refused = await tool.RunAsync(project, [.. apply, "--no-build"]);
        refused.Code.ShouldBe(3, refused.Output + refused.Error);
        refused.Error.ShouldContain("The rehearsal found 2 defects: AddBody is undone, and the column Notes.Body is there and was not (TEXT). Nothing was changed.");
        SqliteFile.Lines(file, "SELECT name FROM sqlite_master").ShouldBeEmpty();

        await File.WriteAllTextAsync(migration, text);
        var applied = await tool.RunAsync(project, apply);
        applied.Code.ShouldBe(0, applied.Output + applied.Error);
        applied.Output.ShouldContain("rehearsed up, down, up on a scratch database");
        SqliteFile.Lines(file, "SELECT entry FROM __safe_migrate_journal WHERE kind = 'rehearsal-passed'").ShouldHaveSingleItem().ShouldContain("\"Migrations\":2");
    }
}
