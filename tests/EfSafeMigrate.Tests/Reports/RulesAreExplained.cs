using System.Text.Json.Nodes;
using EfSafeMigrate.Reports;
using EfSafeMigrate.Rules;

namespace EfSafeMigrate.Tests.Reports;

/// <summary>Each rule's page on a terminal, with what its generated page says.</summary>
public sealed class RulesAreExplained
{
    public static TheoryData<string> Ids => [.. RuleBook.Rules.Select(rule => rule.Id)];

    [Theory, MemberData(nameof(Ids))]
    public void WithEverythingThatItsPageSays(string id)
    {
        var page = PageOf(id);
        var lines = Text(report => report.Write(page)).Split('\n');
        var words = Words(string.Join(' ', lines));

        page.Examples.Select(example => example.Title.Split(':')[0]).ShouldBe(["Flagged", "Allowed"]);
        foreach (var said in new[] { page.Rule.Title, page.Rule.Condition, page.Rule.Effect, page.Rule.Workaround }.Concat(page.Examples.SelectMany(example => example.Change.Concat(example.Finding))))
        {
            words.ShouldContain(Words(said));
        }
        lines.Where(line => line.Length > 80).Where(line => line.TrimStart().Contains(' ', StringComparison.Ordinal)).ShouldBeEmpty();
        words.ShouldContain(id == Rule.IdOf(typeof(BadWaiverRule)) ? "cannot be accepted" : $"safe-migrate: ignore {id} because REASON");
        JsonNode.Parse(ExplainReport.Json(page))!["examples"]!.AsArray().Count.ShouldBe(2);
    }

    [Fact]
    public void AsAPageReads() => Text(report => report.Write(PageOf("drop-column"))).ShouldStartWith("""

          drop-column                                                      destructive
          A column is dropped with its values.

          When
            A column that an earlier migration created is dropped.

          What goes wrong
            The values are gone; only a backup brings them back. EF names every mapped
            column in SELECT and INSERT, so each query of the running release on the
            table fails from that moment.

        """);

    [Fact]
    public void AllInOneList()
    {
        var text = Text(report => report.WriteAll());

        RuleBook.Rules.ShouldAllBe(rule => text.Contains($"\n    {rule.Id} ", StringComparison.Ordinal));
        text.Split('\n').Max(line => line.Length).ShouldBeLessThanOrEqualTo(80);
        text.ShouldStartWith("\n  Destructive\n    ");
        text.ShouldContain("\n    drop-column                       A column is dropped with its values\n");
        text.ShouldContain("\n  Data-dependent\n");
        var listed = JsonNode.Parse(ExplainReport.Json())!["rules"]!.AsArray();
        listed.Count.ShouldBe(RuleBook.Rules.Count);
        listed.Single(rule => rule!["rule"]!.GetValue<string>() == "drop-column")!.ToJsonString().ShouldBe("""{"rule":"drop-column","category":"destructive","title":"A column is dropped with its values","onRequest":false}""");
    }

    [Theory]
    [InlineData("drop-colum", "drop-column")]
    [InlineData("RENAME", "rename")]
    public void ARuleThatIsNotThere(string asked, string near)
    {
        var refused = Should.Throw<SafeMigrateException>(() => EfSafeMigrate.Commands.ExplainCommand.Find(asked));

        refused.Message.ShouldBe($"There is no rule `{asked}`.");
        refused.Next.ShouldStartWith($"did you mean {near}");
    }

    private static RulePage PageOf(string id) => RulePage.Of(RuleBook.Rules.Single(rule => rule.Id == id));

    private static string Words(string text) => string.Join(' ', text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    private static string Text(Action<ExplainReport> write)
    {
        using var text = new StringWriter();
        write(new ExplainReport(UnwrappedConsole.On(text)));
        return text.ToString().ReplaceLineEndings("\n");
    }
}
