using System.Text.RegularExpressions;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Plans;
using EfSafeMigrate.Reports;

namespace EfSafeMigrate.Tests.Plans;

/// <summary>The page of a plan says what the terminal says, and its diagram holds nothing that would break it.</summary>
public partial class PlansAreWrittenDown
{
    public static TheoryData<string> Cases => [.. PlanCases.All.Select(each => each.Name)];

    [Fact]
    public void As_approved() => Approval.Check(
        "tests/EfSafeMigrate.Tests/Plans/Rewrites/Approved/rename a column with index, check and default.md",
        PlanMarkdown.Of(Outline("rename a column with index, check and default", held: true)), "UPDATE_APPROVED");

    [Theory]
    [MemberData(nameof(Cases))]
    public void With_every_sentence_of_the_terminal(string name)
    {
        var outline = Outline(name, held: false);
        var page = PlanMarkdown.Of(outline);
        using var terminal = new StringWriter();
        new global::EfSafeMigrate.Reports.PlanText(UnwrappedConsole.On(terminal, plain: true)).Write(outline);
        var shown = Words(terminal.ToString());

        foreach (var sentence in (IEnumerable<string>)[.. outline.Migrations.SelectMany(migration => migration.Does), .. outline.Losses, .. outline.Notes, outline.Headline])
        {
            shown.ShouldContain(Words(sentence));
            page.ShouldContain(Markdown.Text(sentence));
        }
        foreach (var migration in outline.Migrations)
        {
            page.ShouldContain(migration.Name);
            terminal.ToString().ShouldContain(migration.Cost);
            page.ShouldContain($"| {Markdown.Text(migration.Cost)} |");
        }
        page.Contains("wait until the old one is gone", StringComparison.Ordinal).ShouldBe(outline.Phases.Contains(PhaseKind.Contract));
        var diagram = Diagram().Match(page).Groups["text"].Value;
        diagram.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldAllBe(line => Line().IsMatch(line));
        Arrow().Count(diagram).ShouldBe(outline.Migrations.Count + outline.Migrations.Count(migration => migration.Wait is not null));
    }

    [Fact]
    public void Whatever_the_names_are()
    {
        var page = PlanMarkdown.Of(new PlanOutline("A_b*", "1 migration.", [new("A_b*1Expand", PhaseKind.Expand, ["adds \"x|y\" <b> to `T`; #1"], "no lock") { First = true }], "every phase has a Down; data is lost only by", ["1Expand: <i>|"], []));
        page.ShouldContain("""m0["A_b*1Expand<br/>adds #34;x|y#34; #60;b#62; to #96;T#96;#59; #35;1<br/>no lock"]""");
        page.ShouldContain(@"| adds ""x\|y"" &lt;b&gt; to \`T\`; #<!-- -->1 |");
        page.ShouldContain("Every phase has a Down; data is lost only by:\n\n- 1Expand: &lt;i&gt;\\|");
    }

    [Fact]
    public void One_migration_says_why()
    {
        var judged = Review.Judge(new ChangeSet([new("20260101000000_Drop", DatabaseModel.Empty, [new DropTable(new(null, "items"))])]), together: true, PlanCase.Engine, FactSheet.Unknown);
        PlanMarkdown.Of("Drop", "asked for with --one-shot", judged).ShouldStartWith("# Drop\n\nOne migration: asked for with --one-shot.\n\n- ");
    }

    private static PlanOutline Outline(string name, bool held)
    {
        var planCase = PlanCases.Named(name);
        var plan = planCase.Plan();
        var facts = FactSheet.Unknown with { Version = Measured.Assume(planCase.Version) };
        return PlanOutline.Of(plan, Review.Judge(new ChangeSet(plan.Changes(PlanCase.Engine)), together: true, PlanCase.Engine, facts), held);
    }

    private static string Words(string text) => string.Join(' ', Cost().Replace(text, " ").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    [GeneratedRegex("```mermaid\n(?<text>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Diagram();

    /// <summary>A node, an arrow, or the beginning or end of a phase.</summary>
    [GeneratedRegex("""^(flowchart TD| +(\w+(\(\["[^"<>`\\]*"\]\)|\["([^"<>`\\]|<br/>)*"\]|\{\{"[^"<>`\\]*"\}\})|\w+ --> \w+|subgraph \w+ \["[^"]*"\]|end))$""")]
    private static partial Regex Line();

    [GeneratedRegex("-->")]
    private static partial Regex Arrow();

    /// <summary>What stands beside a clause in the same line, and what begins its line.</summary>
    [GeneratedRegex(@"  ([≤≈] [\w. ]+ lock|no lock|nobody waits|locks rows only|lock, size unknown)(?=\n)|(?<=\n)   [1-4] \w+ ")]
    private static partial Regex Cost();
}
