using System.Text.Json;

namespace EfSafeMigrate.EndToEndTests.Phases;

[Collection(nameof(PhasedSample))]
public sealed class ReviewOfPhases(InstalledTool tool, PhasedSample sample)
{
    public static TheoryData<string> Names => PhasedSample.Long ? [.. Patterns.All.Select(pattern => pattern.Name)] : ["Several", "RenameIndexed", "AddVolatile", "AddUniqueIndex", "AddAlternateKey", "WidenKey"];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task OnlyContractsAreDangerous(string name)
    {
        var pattern = Patterns.Named(name);
        await sample.ReadyAsync(tool);
        var phases = (await sample.Driver.AskAsync(sample.Old, pattern.Context, "ids")).Split(' ').Length - 1;
        var result = await tool.RunAsync(sample.Project, ["review", "--context", pattern.Context, "--last", $"{phases}", "--json", "--no-build"]);
        result.Output.ShouldStartWith("{", Case.Sensitive, result.Error);
        using var report = JsonDocument.Parse(result.Output);
        var dangerous = report.RootElement.GetProperty("findings").EnumerateArray()
            .Where(finding => finding.GetProperty("severity").GetString() == "dangerous"
                && !finding.GetProperty("migration").GetString()!.Contains("Contract", StringComparison.Ordinal))
            .Select(finding => finding.GetRawText());
        dangerous.ShouldBeEmpty();
    }
}
