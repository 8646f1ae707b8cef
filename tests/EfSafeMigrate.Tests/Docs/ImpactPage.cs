using System.Text.RegularExpressions;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Reports;
using EfSafeMigrate.Tests.Uses;

namespace EfSafeMigrate.Tests.Docs;

/// <summary>What the page on the code shows is what the tool prints of code that stands here; UPDATE_DOCS=1 writes it.</summary>
public partial class ImpactPage
{
    private const string Page = "docs/impact.md";
    private const string Code = "tests/EfSafeMigrate.Tests/Data/Marked";

    [Fact]
    public void ShowsWhatIsPrinted()
    {
        var folder = Path.Combine(Approval.Root, Code);
        var uses = new MarkedCode(folder).Of(new RenameColumn(new(null, "Coupons"), "Rate", "Percent"), new DropColumn(new(null, "Orders"), "Placed"));
        var lines = CodeUsesText.Of(uses, new(folder, folder)).Select(line => line.Line);

        var page = File.ReadAllText(Path.Combine(Approval.Root, Page));
        Approval.Check(Page, Block().Replace(page, _ => $"```text\n{string.Join('\n', lines).TrimEnd()}\n```"), "UPDATE_DOCS");
    }

    [GeneratedRegex("```text\n.*?```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
