using System.Text;
using EfSafeMigrate.Rules;
using EfSafeMigrate.Tests.Rules;
using Humanizer;

namespace EfSafeMigrate.Tests.Docs;

/// <summary>UPDATE_DOCS=1 writes the pages; a run that writes does not judge.</summary>
public class RulePages
{
    private const string Variable = "UPDATE_DOCS";

    public static TheoryData<string> Ids => [.. RuleBook.Rules.Select(rule => rule.Id)];

    [Theory, MemberData(nameof(Ids))]
    public void Are_what_the_code_says(string id)
    {
        var rule = RuleBook.Rules.Single(each => each.Id == id);
        Approval.Check($"docs/rules/{id}.md", Page(rule), Variable);
    }

    [Fact]
    public void Are_listed() => Approval.Check("docs/rules/README.md", Index(), Variable);

    [Fact]
    public void Belong_to_a_rule() =>
        Directory.GetFiles(Path.Combine(Approval.Root, "docs/rules"), "*.md").Select(file => Path.GetFileNameWithoutExtension(file)!)
            .Where(name => name != "README")
            .ShouldBe(RuleBook.Rules.Select(rule => rule.Id), ignoreOrder: true);

    private static string Index()
    {
        var text = new StringBuilder("# Rules\n\nThis page and those behind it are written by the tests from the rules themselves.\n");
        foreach (var category in RuleBook.Rules.GroupBy(rule => rule.Category).OrderBy(group => group.Key))
        {
            text.Append("\n## ").Append(category.Key.Humanize()).Append("\n\n| rule | about |\n|---|---|\n");
            foreach (var rule in category)
            {
                text.Append("| [").Append(rule.Id).Append("](").Append(rule.Id).Append(".md) | ").Append(rule.Title).Append(" |\n");
            }
        }
        return text.ToString();
    }

    private static string Page(Rule rule)
    {
        var cases = RuleCaseRun.Of(rule);
        var flagged = cases.First(@case => @case.Expected is not null);
        var allowed = cases.First(@case => @case.Expected is null);
        var finding = flagged.Findings().First(found => found.Finding.Rule == rule.Id).Finding;
        return $"""
            # {rule.Id}

            {rule.Title}. Category: {rule.Category.Humanize(LetterCasing.LowerCase)}.

            **Condition.** {rule.Condition}

            **Effect.** {rule.Effect}

            **Workaround.** {rule.Workaround}

            ## Flagged: {flagged.Name}

            {Shown(flagged)}

            ```text
            {FindingText.Of(finding).TrimEnd()}
            ```

            ## Allowed: {allowed.Name}

            {Shown(allowed)}

            """;
    }

    private static string Shown(RuleCase @case) => @case.Operations.Count > 0
        ? "```text\n" + string.Join('\n', @case.Operations.Select(ChangeText.Of)) + "\n```"
        : "```sql\n" + string.Join("\n-- the next migration\n", @case.Sql.Select(sql => @case.Verbatim ? sql : sql.TrimEnd(';').Replace("; ", ";\n", StringComparison.Ordinal) + ";")) + "\n```";
}
