using EfSafeMigrate.Rules;
using EfSafeMigrate.Tests.Rules;

namespace EfSafeMigrate.EngineTests.RulesOnServers;

/// <summary>Every second case, and each in the full run, is applied to tables with rows: what the tool predicts is what the server does, and what a rule warns of happens.</summary>
public abstract class RulesHoldOnPostgres(PostgresTemplate template) : IClassFixture<PostgresTemplate>
{
    internal static TheoryData<string> Of(Func<Rule, bool> chosen) =>
    [
        .. from rule in RuleBook.Rules
           where Claims.All.ContainsKey(rule.Id) && chosen(rule)
           from @case in Sampled.Of(RuleCaseRun.Of(rule).Where(each => each.Engine == RuleCase.Postgres))
           select RuleCaseRun.Label(rule, @case),
    ];

    protected void Holds(string label)
    {
        var (id, @case) = RuleCaseRun.Labelled(label);
        var story = PostgresStory.Of(template, @case);
        story.Steps.ShouldNotBeEmpty();
        story.Differences.ShouldBeEmpty();
        var claim = Claims.All[id];
        var said = @case.Findings().Select(found => found.Finding).Where(finding => finding.Severity == Severity.Dangerous).Select(finding => finding.Rule);
        if (claim.IsAdvice)
        {
            return;
        }
        if (@case.Expected is not null && !Softened(id, @case))
        {
            claim.Seen(story).ShouldBeTrue("the rule speaks, and nothing happens");
        }
        else if (!(claim.Timed && @case.Sql[0].Contains("lock_timeout", StringComparison.Ordinal)) && claim.Seen(story))
        {
            said.ShouldContain(rule => claim.AlsoSaidBy.Contains(rule), "it happens, and no rule speaks");
        }
    }

    /// <summary>A view under the old name: careful, for the old release goes on.</summary>
    private static bool Softened(string id, RuleCase @case) => (id is "rename-table" or "move-table-schema" or "drop-view") && @case.Expected == Severity.Careful;
}

/// <summary>Apart from the others, so that two run at a time.</summary>
public sealed class BlockingRulesHoldOnPostgres(PostgresTemplate template) : RulesHoldOnPostgres(template)
{
    public static TheoryData<string> Cases => Of(rule => rule.Category == Category.Blocking);

    [Theory, MemberData(nameof(Cases))]
    public void As_predicted_and_as_warned(string label) => Holds(label);
}

public sealed class OtherRulesHoldOnPostgres(PostgresTemplate template) : RulesHoldOnPostgres(template)
{
    public static TheoryData<string> Cases => Of(rule => rule.Category != Category.Blocking);

    [Theory, MemberData(nameof(Cases))]
    public void As_predicted_and_as_warned(string label) => Holds(label);
}
