using EfSafeMigrate.Rules;
using EfSafeMigrate.Tests.Rules;

namespace EfSafeMigrate.EngineTests.RulesOnServers;

public class EveryRuleIsProvedOnAServer
{
    // How a migration is written is nothing that a server shows.
    public static TheoryData<string> Ids => [.. RuleBook.Rules.Where(rule => !rule.IsAboutTheSource).Select(rule => rule.Id)];

    [Theory, MemberData(nameof(Ids))]
    public void By_a_flagged_and_an_allowed_case(string id)
    {
        var cases = RuleCaseRun.Of(RuleBook.Rules.Single(rule => rule.Id == id));
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
