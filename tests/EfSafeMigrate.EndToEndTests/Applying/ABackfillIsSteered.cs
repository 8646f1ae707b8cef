using System.Text.Json.Nodes;

namespace EfSafeMigrate.EndToEndTests.Applying;

/// <summary>One process fills a column; others say how it goes on, and see how it fares.</summary>
[Collection(nameof(InstalledTool))]
public class ABackfillIsSteered(InstalledTool tool)
{
    [Fact]
    public async Task FromAnotherProcess()
    {
        await using var shop = await PublishedShop.CreateAsync(tool);
        await shop.Database.ExecuteAsync("CREATE TABLE steered (id int PRIMARY KEY, old text, fresh text); INSERT INTO steered SELECT g, 'v' || g FROM generate_series(1, 5000) g");
        await SaysAsync(shop, 2, ["pause"], "No backfill is running on");
        await SaysAsync(shop, 2, ["tune"], "Nothing is given that could be tuned.");
        var running = BackfillAsync(shop, ["--table", "steered", "--column", "fresh", "--value", "old", "--batch-size", "10", "--pause-ms", "100"]);
        await UntilAsync(running, async () => (await shop.Database.LinesAsync("SELECT 1 WHERE to_regclass('safe_migrate.backfill_row') IS NOT NULL")).Any()
            && (await shop.Database.LinesAsync("SELECT 1 FROM safe_migrate.backfill WHERE state = 'Running' AND news <> ''")).Any());

        await SaysAsync(shop, 2, ["pause", "another"], "No backfill `another` is running on");
        await SaysAsync(shop, 0, ["pause"], "steered.fresh stands still after the batch it is at.");
        await UntilAsync(running, async () => (string?)(await StatusAsync(shop))[0]!["held"] == "paused by hand");
        var status = await shop.StatusAsync();
        status.Output.ShouldContain("  Backfill steered.fresh: waits.\n    ");
        status.Output.ShouldContain("    stands still: paused by hand\n    → dotnet safe-migrate backfill unpause\n");
        await SaysAsync(shop, 0, ["tune", "--batch-size", "5000", "--pause-ms", "0"], "steered.fresh works from its next batch on with batches of 5,000 rows and pauses of 0 ms.");
        running.IsCompleted.ShouldBeFalse();
        await SaysAsync(shop, 0, ["unpause", "steered.fresh"], "steered.fresh goes on, unless something else holds it.");

        var result = await running;
        result.Code.ShouldBe(0, result.Output + result.Error);
        (await shop.Database.LinesAsync("SELECT count(*) FROM steered WHERE fresh = old")).ShouldBe(["5000"]);
        (await StatusAsync(shop)).ShouldBeEmpty();
    }

    /// <summary>What was written stays; the code says whether anything was.</summary>
    [Fact]
    public async Task WhatEndsItIsSaid()
    {
        await using var shop = await PublishedShop.CreateAsync(tool);
        await shop.Database.ExecuteAsync("""
            CREATE TABLE ended (id int PRIMARY KEY, old text, fresh text, fixed text GENERATED ALWAYS AS (old) STORED); INSERT INTO ended SELECT g, 'v' || g FROM generate_series(1, 500) g;
            CREATE FUNCTION ended() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.id = 400 THEN RAISE SQLSTATE 'ZZ999' USING MESSAGE = 'the ledger is closed'; END IF; RETURN NEW; END $$;
            CREATE TRIGGER ended BEFORE UPDATE ON ended FOR EACH ROW EXECUTE FUNCTION ended();
            """);
        await SaysAsync(shop, 4, ["--table", "ended", "--column", "fresh", "--value", "old", "--batch-size", "100"], "The backfill cannot go on: the ledger is closed. What was written stays.");
        await SaysAsync(shop, 2, ["--table", "ended", "--column", "fixed", "--value", "old || '!'"], "The backfill cannot go on: column \"fixed\" can only be updated to DEFAULT.");
        (await shop.Database.LinesAsync("SELECT count(*) FROM ended WHERE fresh = old")).ShouldBe(["300"]);
        var unread = await shop.RunAsync(["backfill", "--from", shop.Folder, "--connection-env", "SHOP_DATABASE", "--verbose"], new Dictionary<string, string> { ["SHOP_DATABASE"] = "Host=127.0.0.1;Pasword=S3cret" });
        unread.Code.ShouldBe(2);
        unread.Error.ShouldContain("The provider does not read the connection string: `pasword` is no keyword, or has no such value.");
        (unread.Output + unread.Error).ShouldNotContain("S3cret");
    }

    private static Task<ShellResult> BackfillAsync(PublishedShop shop, string[] arguments) => shop.RunAsync(["backfill", .. arguments, "--from", shop.Folder, "--connection-env", "SHOP_DATABASE"]);

    private static async Task SaysAsync(PublishedShop shop, int code, string[] arguments, string sentence)
    {
        var result = await BackfillAsync(shop, arguments);
        result.Code.ShouldBe(code, result.Output + result.Error);
        result.Error.ShouldContain(sentence);
        result.Error.ShouldContain("\n  → ");
    }

    private static async Task<JsonArray> StatusAsync(PublishedShop shop)
    {
        var result = await shop.StatusAsync("--json");
        result.Code.ShouldBe(0, result.Error);
        return JsonNode.Parse(result.Output)!["backfills"]!.AsArray();
    }

    private static async Task UntilAsync(Task<ShellResult> running, Func<Task<bool>> condition)
    {
        while (!await condition())
        {
            if (running.IsCompleted)
            {
                var ended = await running;
                running.IsCompleted.ShouldBeFalse(ended.Output + ended.Error);
            }
            await Task.Delay(50);
        }
    }
}
