using EfSafeMigrate.EndToEndTests.Applying;
using EfSafeMigrate.EndToEndTests.Phases;
using EfSafeMigrate.EndToEndTests.Setup;
using Npgsql;

namespace EfSafeMigrate.EndToEndTests.Pages;

/// <summary>The pages on several contexts, tenants and containers, typed on the databases that they need.</summary>
[Collection(nameof(RepositoriesCollection))]
public sealed class PagesOfDatabasesAreTrue(InstalledTool tool)
{
    private const string Applied = """SELECT count(*) > 3 FROM "__EFMigrationsHistory" """;

    [Fact]
    public async Task SeveralContexts()
    {
        var page = new HowToPage("several-contexts.md");
        var reader = new Reader(tool, Path.Combine(tool.Copy("Pair"), "Pair.Web"));

        (await reader.MustAsync(1, page.Take("dotnet safe-migrate review --context BillingContext"))).ShouldContain("BillingContext");
        (await reader.MustBuiltAsync(0, page.Take("dotnet safe-migrate apply --context BillingContext"))).ShouldContain("no migration is pending");
        var status = await reader.MustBuiltAsync(0, page.Take("dotnet safe-migrate status"));
        status.ShouldContain("\n  BillingContext · main@pair.db\n");
        status.ShouldContain("\n  OrderingContext · main@pair.db\n");

        await TenantsAsync(page);
        page.ShouldBeTyped();
    }

    [Fact]
    public async Task InAContainer()
    {
        var page = new HowToPage("docker.md");
        await using var shop = await PublishedShop.CreateAsync(tool);
        var (inside, outside) = (page.Take("dotnet safe-migrate apply"), page.Take("docker run"));
        outside.ShouldEndWith(inside["dotnet".Length..]);

        var backups = Path.Combine(shop.Home, "backups");
        var ended = await shop.RunAsync([.. Words(inside, 2).Select(word => word switch { "/app" => shop.Folder, "/backups" => backups, "DATABASE" => "SHOP_DATABASE", _ => word })]);
        (ended.Code, (await shop.Database.LinesAsync(Applied))[0]).ShouldBe((0, "True"), ended.Output + ended.Error);

        var repository = await GitRepository.WithAsync(tool, "Tiny", "src/Shop");
        var review = page.Take("docker run --rm -v \"$PWD:/work\" safe-migrate-review");
        (await new Reader(tool, repository.Root).MustAsync(0, $"dotnet safe-migrate {string.Join(' ', Words(review, 6))}")).ShouldContain("AddBody");

        // There is no Docker here, and the page says that its images are untried; the application is published as all tests have it.
        HowToPage.Read("docker.md").ShouldContain("They are untried");
        page.Take("docker build");
        page.Take("dotnet publish");
        page.ShouldBeTyped();
    }

    /// <summary>The loop over tenants, twice: the second time all are done.</summary>
    private async Task TenantsAsync(HowToPage page)
    {
        await using var first = await PublishedShop.CreateAsync(tool);
        await using var second = new PhasedDatabase("tenant");
        await second.CreateAsync();
        var server = new NpgsqlConnectionStringBuilder(second.ConnectionString);
        var loop = page.Take("for tenant in", ("Host=db;", $"Host={server.Host};Port={server.Port};"), ("Username=deploy", $"Username={server.Username};Password={server.Password}"));
        await File.WriteAllLinesAsync(Path.Combine(first.Home, "tenants"), [first.Database.Name, second.Name]);
        File.CreateSymbolicLink(Path.Combine(first.Home, "published"), first.Folder);
        var reader = new Reader(tool, first.Home, ("DATABASE", second.ConnectionString), ("DOTNET_ENVIRONMENT", "Staging"));

        (await reader.MustAsync(0, loop)).Split("no migration is pending").Length.ShouldBe(3);
        foreach (var tenant in new[] { first.Database, second })
        {
            (await tenant.LinesAsync(Applied)).ShouldBe(["True"]);
        }
        (await reader.MustAsync(0, loop)).Split("No migration is pending").Length.ShouldBe(3);
        (await reader.MustAsync(0, page.Inline("dotnet safe-migrate status --from published --connection-env DATABASE"))).ShouldContain(second.Name);
    }

    private static string[] Words(string command, int skip) => command.Split(' ', StringSplitOptions.RemoveEmptyEntries)[skip..];
}
