using System.Text.Json;

namespace EfSafeMigrate.EndToEndTests;

/// <summary>What a person has decided is not doubted a second time.</summary>
[Collection(nameof(InstalledTool))]
public sealed class RenamesInOneShot(InstalledTool tool)
{
    [Theory]
    [InlineData("Body", "Caption", "--rename", "Notes.Body=Caption", "rename-column")]
    [InlineData("Body", "BodyText", "--no-rename", "Notes.Body", "drop-column")]
    public async Task ADecidedPairIsNotSuspicious(string old, string fresh, string flag, string decision, string rule)
    {
        var project = tool.Copy("Tiny");
        var file = Path.Combine(project, "Note.cs");
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Replace($"{old} {{", $"{fresh} {{", StringComparison.Ordinal));

        var added = await tool.RunAsync(project, ["add", "Next", flag, decision, "--json"]);

        added.Code.ShouldBe(0, added.Error);
        using var plan = JsonDocument.Parse(added.Output);
        var rules = plan.RootElement.GetProperty("findings").EnumerateArray().Select(finding => finding.GetProperty("rule").GetString()).ToArray();
        rules.ShouldContain(rule);
        rules.ShouldNotContain("ef-suspicious-rename");
        rules.ShouldNotContain("ef-drop-add-is-rename");
    }
}
