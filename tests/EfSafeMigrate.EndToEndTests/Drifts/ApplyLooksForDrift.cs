using EfSafeMigrate.EndToEndTests.Applying;
using EfSafeMigrate.EndToEndTests.Phases;

namespace EfSafeMigrate.EndToEndTests.Drifts;

/// <summary>Before a run the schema is compared: drift is said, and refused where the target is protected or the settings say so.</summary>
[Collection(nameof(DriftedShop))]
public sealed class ApplyLooksForDrift(InstalledTool tool, DriftedShop shop)
{
    private const string Refuses = """{ "schemaVersion": 1, "drift": "refuse" }""";
    private const string Sentence = "the index IX_Orders_PlacedAt on Orders is not there";

    [Fact]
    public async Task AndSaysIt()
    {
        await using var database = await DriftedAsync();

        var applied = await ApplyAsync(database, null);

        applied.Code.ShouldBe(0, applied.Output + applied.Error);
        Text(applied.Output + applied.Error).ShouldContain($"Other hands have changed the schema since {shop.Migrations[^2]}: {Sentence}.");
        Text(applied.Output + applied.Error).ShouldContain("dotnet safe-migrate drift shows it");
        (await OverriddenAsync(database)).ShouldBeEmpty();
    }

    [Fact]
    public async Task AndStopsWhereItIsRefused()
    {
        await using var database = await DriftedAsync();

        var refused = await ApplyAsync(database, Refuses);

        refused.Code.ShouldBe(3, refused.Output + refused.Error);
        refused.Error.ShouldContain($"Other hands have changed the schema since {shop.Migrations[^2]}: {Sentence}. The settings refuse drift. Nothing was changed.");
        refused.Error.ShouldContain("→ dotnet safe-migrate drift   shows it; --accept-drift --reason \"…\"   applies all the same");
        (await AppliedAsync(database)).ShouldBe(shop.Migrations.Count - 1);

        var unsaid = await ApplyAsync(database, Refuses, "--accept-drift");
        (unsaid.Code, unsaid.Error.Contains("--accept-drift needs a reason.", StringComparison.Ordinal)).ShouldBe((2, true), unsaid.Error);

        var accepted = await ApplyAsync(database, Refuses, "--accept-drift", "--reason", "the index comes back tonight");
        accepted.Code.ShouldBe(0, accepted.Output + accepted.Error);
        (await OverriddenAsync(database)).ShouldBe([$"drift: {Sentence}: the index comes back tonight"]);
    }

    [Fact]
    public async Task AndStopsOnAProtectedTarget()
    {
        await using var database = await DriftedAsync();
        var settings = $$"""{ "schemaVersion": 1, "protected": { "databases": ["{{database.Name}}"] } }""";

        var refused = await ApplyAsync(database, settings, "--expect-database", database.Name);

        refused.Code.ShouldBe(3, refused.Output + refused.Error);
        refused.Error.ShouldContain($"{Sentence}. Databases like `{database.Name}` are protected. Nothing was changed.");
        (await AppliedAsync(database)).ShouldBe(shop.Migrations.Count - 1);
    }

    [Fact]
    public async Task AndIsQuietWhereThereIsNone()
    {
        await using var database = await UndoneAsync();

        var applied = await ApplyAsync(database, Refuses);

        applied.Code.ShouldBe(0, applied.Output + applied.Error);
        (applied.Output + applied.Error).ShouldNotContain("drift");
    }

    /// <summary>Without an index, one migration before the newest.</summary>
    private async Task<PhasedDatabase> DriftedAsync()
    {
        var database = await UndoneAsync();
        await database.ExecuteAsync("""DROP INDEX "IX_Orders_PlacedAt" """);
        return database;
    }

    private async Task<PhasedDatabase> UndoneAsync()
    {
        var database = await shop.CopyAsync(tool);
        await database.ExecuteAsync($"""ALTER TABLE "Orders" DROP "Channel"; DELETE FROM "__EFMigrationsHistory" WHERE "MigrationId" = '{shop.Migrations[^1]}'""");
        return database;
    }

    private async Task<ShellResult> ApplyAsync(PhasedDatabase database, string? settings, params string[] arguments)
    {
        var folder = Directory.CreateDirectory(Path.Combine(tool.Scratch, $"drifted-{Guid.NewGuid():N}")).FullName;
        if (settings is not null)
        {
            Directory.CreateDirectory(Path.Combine(folder, ".config"));
            await File.WriteAllTextAsync(Path.Combine(folder, ".config", "safe-migrate.json"), GuardedNotes.Reasoned(settings));
        }
        return await tool.RunAsync(folder, ["apply", "--project", shop.Project, "--no-build", .. shop.Meant, .. arguments], environment: DriftedShop.Environs(database));
    }

    private static async Task<int> AppliedAsync(PhasedDatabase database) => (await database.LinesAsync("""SELECT 1 FROM "__EFMigrationsHistory" """)).Count;

    private static Task<IReadOnlyList<string>> OverriddenAsync(PhasedDatabase database) =>
        database.LinesAsync("SELECT (entry::json ->> 'safeguard') || ': ' || (entry::json ->> 'reason') FROM safe_migrate.journal WHERE kind = 'overridden' AND entry LIKE '%drift%' ORDER BY number");

    private static string Text(string said) => string.Join(' ', said.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
