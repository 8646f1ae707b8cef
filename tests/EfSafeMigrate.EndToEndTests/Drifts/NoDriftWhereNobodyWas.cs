using EfSafeMigrate.EndToEndTests.Applying;
using EfSafeMigrate.EndToEndTests.Phases;

namespace EfSafeMigrate.EndToEndTests.Drifts;

/// <summary>A database on which only migrations have been has no drift, at any of them, whoever applied them.</summary>
[Collection(nameof(DriftedShop))]
public sealed class NoDriftWhereNobodyWas(InstalledTool tool, DriftedShop shop)
{
    private const string Version = "10.0.14";

    /// <summary>The ordinary run looks at every twenty-fourth migration and the newest, the full run at each.</summary>
    private static IEnumerable<string> Looked(IReadOnlyList<string> ids) => ids.Where((id, at) => RenamedSample.Full || at % 24 == 0 || id == ids[^1]);

    [Fact]
    public async Task AppliedByTheTool()
    {
        await shop.ReadyAsync(tool);
        await using var database = new PhasedDatabase("shop");
        await database.CreateAsync();
        foreach (var id in Looked(shop.Migrations))
        {
            var applied = await shop.RunAsync(tool, database, "apply", ["--to", id, .. shop.Meant]);
            applied.Code.ShouldBe(0, applied.Output + applied.Error);
            var drift = await shop.DriftAsync(tool, database);
            drift.ShouldBeClean($"{id}\n{drift.Raw}");
            drift.Notes.Concat(drift.Apart).ShouldBeEmpty(drift.Raw);
        }
    }

    [Fact]
    public async Task AppliedByEf()
    {
        await shop.ReadyAsync(tool);
        var ef = await DotnetEf.InstallAsync(Version);
        await using var database = new PhasedDatabase("shop");
        await database.CreateAsync();
        foreach (var id in Looked(shop.Migrations))
        {
            await ef.SucceedAsync(shop.Project, ["database", "update", id, "--no-build"], DriftedShop.Environs(database));
            var drift = await shop.DriftAsync(tool, database);
            drift.ShouldBeClean($"{id}\n{drift.Raw}");
            drift.Notes.ShouldBe(["Views, triggers and functions are not compared with what they were: no run has kept them yet."]);
        }
    }

    /// <summary>Nothing is applied, and there is nothing to compare.</summary>
    [Fact]
    public async Task OfAnEmptyDatabase()
    {
        await shop.ReadyAsync(tool);
        await using var database = new PhasedDatabase("shop");
        await database.CreateAsync();

        var drift = await shop.DriftAsync(tool, database);

        drift.ShouldBeClean(drift.Raw);
        drift.Notes.ShouldBe(["EF has recorded none of the project's migrations here: there is nothing to compare with."]);
    }
}
