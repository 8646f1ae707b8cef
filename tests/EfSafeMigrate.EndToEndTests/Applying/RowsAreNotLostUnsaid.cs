using System.Text.Json;
using System.Text.RegularExpressions;

namespace EfSafeMigrate.EndToEndTests.Applying;

/// <summary>A migration deletes rows, and a cascade deletes more, of which nothing in it speaks.</summary>
[Collection(nameof(BusySample))]
public sealed class RowsAreNotLostUnsaid(InstalledTool tool, BusySample sample)
{
    private const string Comments = """
        CREATE TABLE "Comments" ("Id" int PRIMARY KEY, "NoteId" int REFERENCES "Notes" ON DELETE CASCADE);
        INSERT INTO "Comments" SELECT i, i % 10 + 1 FROM generate_series(1, 100) i
        """;

    [Fact]
    public async Task UntilSomebodyAcceptsIt()
    {
        await using var busy = await sample.DatabaseAsync(tool, "PruneContext");
        await busy.Database.ExecuteAsync(Comments);

        var refused = await busy.ApplyAsync();

        refused.Code.ShouldBe(3, refused.Output + refused.Error);
        refused.Error.ShouldContain("Prune failed: it takes away 30 rows of \"Comments\" although no statement of it names them. It was rolled back; nothing of it is left.");
        refused.Error.ShouldContain("→ dotnet safe-migrate apply --resume --accept-data-loss Prune   when that is meant");
        (await CountAsync(busy)).ShouldBe("100 | 100");

        var accepted = await busy.ApplyAsync("--resume", "--accept-data-loss", "Prune");

        accepted.Code.ShouldBe(0, accepted.Output + accepted.Error);
        (await CountAsync(busy)).ShouldBe("97 | 70");
        (await busy.EntryAsync("overridden")).GetProperty("safeguard").GetString().ShouldBe("data loss in 20260102000000_Prune");
    }

    /// <summary>What is protected takes more than the flag of a developer's machine.</summary>
    [Fact]
    public async Task AndWhereItIsProtectedWithAReason()
    {
        await using var busy = await sample.DatabaseAsync(tool, "PruneContext");
        await busy.Database.ExecuteAsync(Comments);
        (await busy.RunAsync("protect", "--reason", "customers' data")).Code.ShouldBe(0);
        var shown = await busy.ApplyAsync("--plan-only", "--json");
        var hash = JsonDocument.Parse(shown.Output.Split('\n').Single(line => line.Contains("\"event\":\"plan\"", StringComparison.Ordinal))).RootElement.GetProperty("hash").GetString()!;

        var refused = await busy.ApplyAsync("--expect-database", busy.Database.Name, "--approve", hash, "--accept-data-loss", "Prune");

        refused.Code.ShouldBe(3, refused.Output + refused.Error);
        var flag = Regex.Match(refused.Error, "→ dotnet safe-migrate apply --resume --approve-destructive (\\S+) --reason \"…\"   when that is meant").Groups[1].Value;
        flag.ShouldNotBeEmpty(refused.Error);
        (await CountAsync(busy)).ShouldBe("100 | 100");

        var accepted = await busy.ApplyAsync("--resume", "--expect-database", busy.Database.Name, "--approve-destructive", flag, "--reason", "spam");

        accepted.Code.ShouldBe(0, accepted.Output + accepted.Error);
        (await CountAsync(busy)).ShouldBe("97 | 70");
        (await busy.EntryAsync("overridden")).GetProperty("reason").GetString().ShouldBe("spam");
    }

    [Fact]
    public async Task WhatAStatementNamesMayGo()
    {
        await using var busy = await sample.DatabaseAsync(tool, "PruneContext");

        var ended = await busy.ApplyAsync();

        ended.Code.ShouldBe(0, ended.Output + ended.Error);
        (await busy.Database.LinesAsync("""SELECT count(*) FROM "Notes" """)).ShouldBe(["97"]);
    }

    private static async Task<string> CountAsync(BusyDatabase busy) =>
        (await busy.Database.LinesAsync("""SELECT (SELECT count(*) FROM "Notes"), (SELECT count(*) FROM "Comments")"""))[0];
}
