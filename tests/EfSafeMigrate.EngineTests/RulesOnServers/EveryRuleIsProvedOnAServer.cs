using EfSafeMigrate.Rules;
using EfSafeMigrate.Tests.Rules;

namespace EfSafeMigrate.EngineTests.RulesOnServers;

public class EveryRuleIsProvedOnAServer
{
    /// <summary>What only versions before the oldest server here do, and what no test does to the server it runs on.</summary>
    internal static readonly string[] Unseen = ["add-column-default-rewrite", "drop-database", "enum-add-value-in-transaction"];

    public static TheoryData<string> Ids => [.. RuleBook.Rules.Select(rule => rule.Id)];

    [Theory, MemberData(nameof(Ids))]
    public void By_a_flagged_and_an_allowed_case(string id)
    {
        if (Unseen.Contains(id))
        {
            return;
        }
        // The other engines have tests of their own.
        var cases = RuleCaseRun.Of(RuleBook.Rules.Single(rule => rule.Id == id)).Where(@case => @case.Engine is RuleCase.Postgres or RuleCase.Sqlite).ToList();
        var proved = cases.Where(@case => @case.Engine == RuleCase.Postgres
            ? Claims.All.ContainsKey(id) || id == MigrationsAreHalfApplied.Rule
            : RulesHoldOnSqlite.Claims.ContainsKey(id)).ToList();
        proved.ShouldContain(@case => @case.Expected != null);
        proved.ShouldContain(@case => @case.Expected == null);
        // Where a rule speaks on an engine, something is seen on that engine.
        cases.Where(@case => @case.Expected is not null).ShouldBeSubsetOf(proved);
    }

    [Fact]
    public void And_nothing_is_proved_for_no_rule() =>
        Claims.All.Keys.Concat(RulesHoldOnSqlite.Claims.Keys).ShouldBeSubsetOf(RuleBook.Rules.Select(rule => rule.Id));
}
