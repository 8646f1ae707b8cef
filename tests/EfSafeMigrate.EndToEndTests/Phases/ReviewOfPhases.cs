using System.Text.Json;

namespace EfSafeMigrate.EndToEndTests.Phases;

[Collection(nameof(PhasedSample))]
public sealed class ReviewOfPhases(InstalledTool tool, PhasedSample sample)
{
    public static TheoryData<string> Names => PhasedSample.Long ? [.. Patterns.All.Select(pattern => pattern.Name)] : ["Several", "RenameIndexed", "AddVolatile"];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task OnlyContractsAreDangerous(string name)
    {
        var pattern = Patterns.Named(name);
        await sample.ReadyAsync(tool);
        var phases = Directory.GetFiles(Path.Combine(sample.Project, name, "Migrations"), $"*_{name}*.Designer.cs").Length;
        var result = await tool.RunAsync(sample.Project, ["review", "--context", pattern.Context, "--last", $"{phases}", "--json", "--no-build"]);
        using var report = JsonDocument.Parse(result.Output);
        var dangerous = report.RootElement.GetProperty("migrations").EnumerateArray()
            .Where(migration => !migration.GetProperty("id").GetString()!.Contains("Contract", StringComparison.Ordinal))
            .SelectMany(migration => migration.GetProperty("findings").EnumerateArray())
            .Where(finding => finding.GetProperty("severity").GetString() == "dangerous")
            .Select(finding => finding.GetRawText());
        dangerous.ShouldBeEmpty();
    }
}
