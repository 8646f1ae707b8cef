using EfSafeMigrate.Changes;
using EfSafeMigrate.Commands;
using EfSafeMigrate.Rules;
using EfSafeMigrate.Settings;
using EfSafeMigrate.Tests.Scaffolding.Tests;

namespace EfSafeMigrate.Tests.Commands;

/// <summary>What the settings ask of the code around migrations is found by a review of the sources, warns or fails, and can be waived.</summary>
public sealed class GatesAreHeld : IDisposable
{
    private const string Id = "20260201000000_DropNote";

    private readonly Solution solution = new();

    public GatesAreHeld()
    {
        solution.WriteTests("Shop.Tests");
        solution.Write("src/Shop/Shop.csproj", "<Project Sdk=\"Microsoft.NET.Sdk.Web\"><PropertyGroup><ImplicitUsings>enable</ImplicitUsings></PropertyGroup></Project>");
        solution.Write("src/Shop/Order.cs", """
            using Microsoft.EntityFrameworkCore;
            namespace Shop;
            public class Order { public int Id { get; set; } public string? Note { get; set; } }
            public class ShopContext : DbContext { public DbSet<Order> Orders => Set<Order>(); }
            """);
        Api("/orders");
        solution.Write("src/Shop/Migrations/20260101000000_Initial.cs", Migration("20260101000000_Initial", "b.CreateTable(name: \"Orders\", columns: table => new { Id = table.Column<int>(nullable: false), Note = table.Column<string>(nullable: true) });"));
        solution.Write($"src/Shop/Migrations/{Id}.cs", Migration(Id, "b.DropColumn(name: \"Note\", table: \"Orders\");"));
        solution.Write("src/Shop/Migrations/ShopContextModelSnapshot.cs", $"[DbContext(typeof(ShopContext))] class ShopContextModelSnapshot : ModelSnapshot {{ protected override void BuildModel(ModelBuilder modelBuilder) {{ {Model("")} }} }}");
        solution.Write("src/Shop/Migrations/20260101000000_Initial.Designer.cs", $"[DbContext(typeof(ShopContext))] [Migration(\"20260101000000_Initial\")] partial class Initial {{ protected override void BuildTargetModel(ModelBuilder modelBuilder) {{ {Model("b.Property<string>(\"Note\");")} }} }}");
        solution.Write($"src/Shop/Migrations/{Id}.Designer.cs", $"[DbContext(typeof(ShopContext))] [Migration(\"{Id}\")] partial class DropNote {{ protected override void BuildTargetModel(ModelBuilder modelBuilder) {{ {Model("")} }} }}");
    }

    public void Dispose() => solution.Dispose();

    [Fact]
    public async Task NobodyAsksUnlessTheSettingsDo() => (await FoundAsync("")).Rules.ShouldBeEmpty();

    [Theory]
    [InlineData("unversionedApi", "unversioned-api")]
    [InlineData("untestedMigration", "untested-migration")]
    public async Task OneWarnsOrFails(string gate, string rule)
    {
        (await FoundAsync($"\"{gate}\": \"off\"")).Rules.ShouldBeEmpty();
        (await FoundAsync($"\"{gate}\": \"warn\"")).ShouldBe((0, $"{rule} careful"));
        (await FoundAsync($"\"{gate}\": \"fail\"")).ShouldBe((1, $"{rule} dangerous"));
    }

    [Fact]
    public async Task BothAreSatisfied()
    {
        Api("/v1/orders");
        solution.Write("tests/Shop.Tests/DropNoteTests.cs", "class DropNoteTests;");

        (await FoundAsync("\"unversionedApi\": \"fail\", \"untestedMigration\": \"fail\"")).ShouldBe((0, ""));
    }

    [Fact]
    public async Task BothCanBeWaived()
    {
        var (code, rules) = await FoundAsync("\"unversionedApi\": \"fail\", \"untestedMigration\": \"fail\"", """
            , "waivers": [{ "rule": "unversioned-api", "table": "Orders", "column": "Note", "because": "only our own page calls it" }, { "rule": "untested-migration", "migration": "DropNote", "because": "a column goes" }]
            """);

        (code, rules).ShouldBe((0, "unversioned-api dangerous waived, untested-migration dangerous waived"));
    }

    /// <summary>The impact on the code is shown beside them, where somebody asks for it.</summary>
    [Fact]
    public async Task TheFindingSaysWhichApi()
    {
        var (_, output, error) = await RunAsync("\"unversionedApi\": \"fail\"", "", "--impact");

        output.ShouldContain("GET /orders uses what changes and says no version: Orders.Note is dropped", Case.Sensitive, error);
        output.ShouldContain("In the code: ");
    }

    [Fact]
    public void TheSettingsSayNothingElse() =>
        Should.Throw<SafeMigrateException>(() => SettingsFile.Read("""{ "schemaVersion": 1, "gates": { "untestedMigration": "refuse" } }""", solution.PathOf(".config/safe-migrate.json"))).Next.ShouldBe("say off or warn or fail");

    private async Task<(int Code, string Rules)> FoundAsync(string gates, string more = "")
    {
        var (code, output, error) = await RunAsync(gates, more, "--json");
        code.ShouldBeLessThan(2, output + error);
        using var review = System.Text.Json.JsonDocument.Parse(output);
        string[] rules = [.. review.RootElement.GetProperty("findings").EnumerateArray()
            .Where(finding => finding.GetProperty("rule").GetString() is "unversioned-api" or "untested-migration")
            .Select(finding => $"{finding.GetProperty("rule")} {finding.GetProperty("severity")}{(finding.TryGetProperty("waiver", out var waiver) && waiver.ValueKind == System.Text.Json.JsonValueKind.Object ? " waived" : "")}")];
        return (code, string.Join(", ", rules));
    }

    private async Task<(int Code, string Output, string Error)> RunAsync(string gates, string more, params string[] options)
    {
        // What else is to be said of a dropped column is not asked here.
        solution.Write(".config/safe-migrate.json", $$"""{ "schemaVersion": 1, "severities": { "drop-column": "off" }, "gates": { {{gates}} }{{more}} }""");
        return await Tool.RunAsync("dotnet", ["exec", Tool.Dll, "review", "--project", solution.Project, "--source", "--engine", "postgresql", "--migration", "DropNote", .. options], solution.PathOf("."), _ => { });
    }

    private void Api(string path) => solution.Write("src/Shop/Api.cs", $"namespace Shop; public static class Api {{ public static void Map(WebApplication app) => app.MapGet(\"{path}\", (Order given) => given.Note); }}");

    private static string Model(string more) => $"modelBuilder.Entity(\"Shop.Order\", b => {{ b.Property<int>(\"Id\"); {more} b.HasKey(\"Id\"); b.ToTable(\"Orders\"); }});";

    private static string Migration(string id, string up) =>
        $"public partial class {MigrationChanges.NameOf(id)} : Migration {{ protected override void Up(MigrationBuilder b) {{ {up} }} protected override void Down(MigrationBuilder b) {{ b.Sql(\"SELECT 1\"); }} }}";
}
