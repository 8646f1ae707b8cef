using System.Text.RegularExpressions;
using EfSafeMigrate.Projects.Foreign;
using EfSafeMigrate.Tests.Projects.Foreign;

namespace EfSafeMigrate.Tests.Docs;

/// <summary>The page on other tools: each report in it is what is said of those files; UPDATE_DOCS=1 writes them.</summary>
public sealed partial class OtherToolsPage : IDisposable
{
    private const string Page = "docs/other-tools.md";

    private readonly string scratch = Directory.CreateTempSubdirectory("safe-migrate-page-").FullName;

    public void Dispose() => Directory.Delete(scratch, recursive: true);

    [Fact]
    public async Task Shows_what_is_said()
    {
        var text = await File.ReadAllTextAsync(Path.Combine(Approval.Root, Page));
        var shown = Report().Matches(text);
        shown.Count.ShouldBe(ForeignTools.All.Count(tool => tool.KeepsSql));
        foreach (Match block in shown)
        {
            var words = block.Groups["words"].Value.Split(' ');
            var folder = Path.Combine(scratch, words[0], "shop");
            OtherTool.CopyTo(folder, words[0]);
            var said = OtherTool.Text(await OtherTool.ReviewAsync(folder, null, null, words[1..]));
            text = text.Replace(block.Value, $"<!-- {block.Groups["words"].Value} -->\n\n```text{said}```", StringComparison.Ordinal);
        }
        Approval.Check(Page, text, "UPDATE_DOCS");
    }

    [Fact]
    public void Names_every_tool()
    {
        var text = File.ReadAllText(Path.Combine(Approval.Root, Page));
        foreach (var tool in ForeignTools.All)
        {
            text.ShouldContain($"| {tool.Name} |");
        }
        foreach (var command in ForeignTools.All.Select(tool => tool.Prints).OfType<string>().Where(prints => prints.Contains(" | dotnet safe-migrate", StringComparison.Ordinal)))
        {
            text.ShouldContain(command.Replace("|", "\\|", StringComparison.Ordinal));
        }
    }

    [GeneratedRegex(@"<!-- (?<words>[^>]+) -->\n\n```text\n.*?```", RegexOptions.Singleline)]
    private static partial Regex Report();
}
