using System.Text.Json;
using System.Text.Json.Nodes;

namespace EfSafeMigrate.EndToEndTests.Applying;

[Collection(nameof(InstalledTool))]
public class HooksAroundARun(InstalledTool tool)
{
    private static readonly string[] Events =
        ["before-run", "after-run", "before-phase", "after-phase", "before-migration", "after-migration", "on-success", "on-failure"];

    [Fact]
    public async Task EachEventReachesItsHookAsJsonAndWithoutTheRunsEnvironment()
    {
        await using var shop = await PublishedShop.CreateAsync(tool);
        Settle(shop, Events.ToDictionary(name => name, name => $"(cat; env) >> {shop.Home}/{name}.txt; cat {shop.Home}/{name}.txt | head -1 >> {shop.Home}/all.txt"), notify: $"cat >> {shop.Home}/told.txt");

        await shop.AppliedAsync(["--to", "AddProductSalesView"]);

        Events.Where(name => File.Exists(Path.Combine(shop.Home, name + ".txt"))).ShouldBe(Events.Except(["on-failure"]));
        var heard = Heard(shop, "before-migration");
        heard.Select(each => (string)each["migration"]!).ShouldBe(["20260112093000_Initial", "20260126141512_AddProductSalesView"]);
        heard[0]["database"]!.ToString().ShouldBe(shop.Database.Name);
        Heard(shop, "before-phase").Single()["phase"]!.ToString().ShouldBe("expand");
        Heard(shop, "on-success").Single()["outcome"]!.ToString().ShouldBe("done");
        Heard(shop, "told").Select(each => each["event"]!.ToString()).ShouldBe(
        [
            "before-run", "before-phase", "before-migration", "after-migration", "before-migration", "after-migration", "after-phase", "after-run", "on-success",
        ]);
        foreach (var name in Events.Except(["on-failure"]))
        {
            (await File.ReadAllTextAsync(Path.Combine(shop.Home, name + ".txt"))).ShouldNotContain("SHOP_DATABASE");
        }
    }

    [Theory]
    [InlineData("before-run", 0)]
    [InlineData("before-phase", 0)]
    [InlineData("before-migration", 0)]
    [InlineData("after-migration", 1)]
    [InlineData("after-phase", 2)]
    public async Task OneThatRefusesStopsTheRun(string name, int applied)
    {
        await using var shop = await PublishedShop.CreateAsync(tool);
        Settle(shop, new() { [name] = "echo one; echo the window is closed >&2; exit 7", ["on-failure"] = $"cat > {shop.Home}/on-failure.txt" });

        var result = await shop.ApplyAsync(["--to", "AddProductSalesView"]);

        result.Code.ShouldBe(3, result.Output + result.Error);
        result.Error.ShouldContain($"The hook {name} refused: the window is closed.\n");
        (await AppliedAsync(shop)).ShouldBe(applied);
        Heard(shop, "on-failure").Single()["message"]!.ToString().ShouldContain(name);
        (await shop.StatusAsync()).Output.ShouldContain("was stopped");
    }

    [Theory]
    [InlineData("after-run")]
    [InlineData("on-success")]
    public async Task OneThatRefusesAfterwardsIsOnlyTold(string name)
    {
        await using var shop = await PublishedShop.CreateAsync(tool);
        Settle(shop, new() { [name] = "echo no; exit 1" }, notify: "exit 1");

        var result = await shop.ApplyAsync(["--to", PublishedShop.First]);

        result.Code.ShouldBe(0, result.Output + result.Error);
        result.Error.ShouldContain($"The hook {name} refused: no.");
        result.Error.Split("The notification refused").Length.ShouldBe(2, result.Error);
    }

    [Fact]
    public async Task OneThatHangsIsKilledWithItsChildren()
    {
        await using var shop = await PublishedShop.CreateAsync(tool);
        Settle(shop, new() { ["before-migration"] = $"sleep 4321 & echo $! > {shop.Home}/child; sleep 4321; true" }, timeout: "5s");

        var result = await shop.ApplyAsync(["--to", PublishedShop.First]);

        result.Code.ShouldBe(3, result.Output + result.Error);
        result.Error.ShouldContain("The hook before-migration was still running after 5 s and was killed.");
        (await AppliedAsync(shop)).ShouldBe(0);
        var child = (await File.ReadAllTextAsync(Path.Combine(shop.Home, "child"))).Trim();
        for (var attempt = 0; attempt < 300 && Runs(child); attempt++)
        {
            await Task.Delay(100);
        }
        Runs(child).ShouldBeFalse();
    }

    [Fact]
    public async Task AnEventThatDoesNotExistIsRefused()
    {
        await using var shop = await PublishedShop.CreateAsync(tool);
        Settle(shop, new() { ["before-everything"] = "true" });

        var result = await shop.ApplyAsync(["--to", PublishedShop.First]);

        result.Code.ShouldBe(2, result.Output + result.Error);
        result.Error.ShouldContain("`before-everything` is no event of a hook.");
    }

    /// <summary>A killed process may still wait for its parent to take note of it.</summary>
    private static bool Runs(string process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/stat").Split(')')[^1].Trim()[0] is not ('Z' or 'X');
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static void Settle(PublishedShop shop, Dictionary<string, string> hooks, string? notify = null, string timeout = "60s") =>
        shop.Settle(JsonSerializer.Serialize(new Dictionary<string, object?> { ["schemaVersion"] = 1, ["hooks"] = hooks, ["hookTimeout"] = timeout }
            .Concat(notify is null ? [] : new Dictionary<string, object?> { ["notify"] = notify }).ToDictionary()));

    private static JsonNode[] Heard(PublishedShop shop, string name) =>
        [.. File.ReadLines(Path.Combine(shop.Home, name + ".txt")).Where(line => line.StartsWith("{\"schemaVersion\"", StringComparison.Ordinal)).Select(line => JsonNode.Parse(line)!)];

    private static async Task<int> AppliedAsync(PublishedShop shop) =>
        (await shop.Database.LinesAsync("SELECT to_regclass('\"__EFMigrationsHistory\"') IS NOT NULL")).Single() == "False" ? 0
            : (await shop.Database.LinesAsync("SELECT 1 FROM \"__EFMigrationsHistory\"")).Count;
}
