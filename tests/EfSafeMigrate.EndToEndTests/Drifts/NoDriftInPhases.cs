using EfSafeMigrate.EndToEndTests.Applying;
using EfSafeMigrate.EndToEndTests.Phases;

namespace EfSafeMigrate.EndToEndTests.Drifts;

/// <summary>What phases have made for two releases, and what their contract will take away, is no drift at any of their migrations.</summary>
[Collection(nameof(PhasedSample))]
public sealed class NoDriftInPhases(InstalledTool tool, PhasedSample sample)
{
    /// <summary>All but one only in the full run: every migration of each is compared.</summary>
    public static TheoryData<string> Migrated => [.. PhasedSample.Chosen.Where(pattern => RenamedSample.Full || pattern.Name == "SplitName").Select(pattern => pattern.Name)];

    [Theory]
    [MemberData(nameof(Migrated))]
    public async Task AppliedByEf(string name)
    {
        await sample.ReadyAsync(tool);
        var pattern = Patterns.Named(name);
        await using var database = await PhasedDatabase.CopyAsync(sample.Old, name);
        var ids = (await sample.Driver.AskAsync(database, pattern.Context, "ids")).Split(' ');
        List<string> found = [];
        foreach (var id in ids)
        {
            await sample.Driver.AskAsync(database, pattern.Context, "to", id);
            var drift = await DriftAsync(database, pattern);
            found.AddRange(drift.Found.Select(sentence => $"{id}: {sentence}"));
            drift.Held.ShouldBe(id == ids[0] || id == ids[^1] ? [] : [name], drift.Raw);
        }
        found.ShouldBeEmpty(string.Join('\n', found));
    }

    /// <summary>All but the one with the fewest phases only in the full run.</summary>
    public static TheoryData<string> Applied => [.. PhasedSample.Chosen.Where(pattern => RenamedSample.Full || pattern.Name == "DropColumn").Select(pattern => pattern.Name)];

    [Theory]
    [MemberData(nameof(Applied))]
    public async Task AppliedByTheTool(string name)
    {
        await sample.ReadyAsync(tool);
        var pattern = Patterns.Named(name);
        await using var database = await PhasedDatabase.CopyAsync(sample.Old, name);
        var ids = (await sample.Driver.AskAsync(database, pattern.Context, "ids")).Split(' ');
        foreach (var id in ids[1..])
        {
            var applied = await tool.RunAsync(
                sample.Project,
                ["apply", "--context", pattern.Context, "--no-build", "--to", id, "--force-contract", "--reason", "no release is out", .. ids.SelectMany(each => new[] { "--accept-data-loss", each })],
                environment: new Dictionary<string, string> { ["PHASES"] = database.ConnectionString });
            applied.Code.ShouldBe(0, applied.Output + applied.Error);
            applied.Output.ShouldNotContain("Other hands");
            var drift = await DriftAsync(database, pattern);
            drift.ShouldBeClean($"{id}\n{drift.Raw}");
            drift.Notes.ShouldBeEmpty();
        }
    }

    private async Task<DriftSeen> DriftAsync(PhasedDatabase database, Pattern pattern) => DriftSeen.Of(await tool.RunAsync(
        sample.Project, ["drift", "--context", pattern.Context, "--no-build", "--json"], environment: new Dictionary<string, string> { ["PHASES"] = database.ConnectionString }));
}
