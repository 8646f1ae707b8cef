namespace EfSafeMigrate.EndToEndTests.Applying;

/// <summary>A migration deletes rows, and a cascade deletes more, of which nothing in it speaks.</summary>
[Collection(nameof(BusySample))]
public sealed class RowsAreNotLostUnsaid(InstalledTool tool, BusySample sample)
{
    [Fact]
    public async Task UntilSomebodyAcceptsIt()
    {
        await using var busy = await sample.DatabaseAsync(tool, "PruneContext");
        await busy.Database.ExecuteAsync("""
            CREATE TABLE "Comments" ("Id" int PRIMARY KEY, "NoteId" int REFERENCES "Notes" ON DELETE CASCADE);
            INSERT INTO "Comments" SELECT i, i % 10 + 1 FROM generate_series(1, 100) i
            """);

        var refused = await busy.ApplyAsync();

        refused.Code.ShouldBe(3, refused.Output + refused.Error);
        refused.Error.ShouldContain("Prune failed: it takes away 30 rows of \"Comments\" although no statement of it names them. It was rolled back; nothing of it is left.");
        refused.Error.ShouldContain("→ dotnet safe-migrate apply --resume --accept-data-loss Prune   when that is meant");
        (await CountAsync(busy)).ShouldBe("100 | 100");

        var accepted = await busy.ApplyAsync("--resume", "--accept-data-loss", "Prune");

        accepted.Code.ShouldBe(0, accepted.Output + accepted.Error);
        (await CountAsync(busy)).ShouldBe("97 | 70");
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
