using EfSafeMigrate.Changes;
using EfSafeMigrate.Rules;

namespace EfSafeMigrate.Tests.Rules;

public class EveryRuleIsProved
{
    private const int Enough = 3;

    public static TheoryData<string> Ids => [.. RuleBook.Rules.Select(rule => rule.Id)];

    public static TheoryData<string> Cases => [.. RuleBook.Rules.SelectMany(rule => RuleCaseRun.Of(rule), RuleCaseRun.Label)];

    [Theory, MemberData(nameof(Ids))]
    public void By_enough_cases_of_both_kinds(string id)
    {
        var cases = RuleCaseRun.Of(Rule(id));
        cases.Count(@case => @case.Expected is not null).ShouldBeGreaterThanOrEqualTo(Enough);
        cases.Count(@case => @case.Expected is null).ShouldBeGreaterThanOrEqualTo(Enough);
        cases.Select(@case => @case.Name).ShouldBeUnique();
    }

    [Fact]
    public void And_no_cases_belong_to_no_rule() =>
        RuleCaseRun.All.Keys.ShouldBe(RuleBook.Rules.Select(rule => rule.GetType().Name), ignoreOrder: true);

    [Theory, MemberData(nameof(Cases))]
    public void By_what_it_says_and_what_it_leaves_alone(string label)
    {
        var (id, @case) = RuleCaseRun.Labelled(label);
        RuleCaseRun.Set(@case).Migrations.SelectMany(migration => migration.Changes).OfType<OpaqueSql>().Any(opaque => !opaque.Joined)
            .ShouldBe(id == EfSafeMigrate.Rules.Rule.IdOf(typeof(RawSqlOpaqueRule)) && @case.Expected is not null);
        var findings = @case.Findings().Select(found => found.Finding).Where(finding => finding.Rule == id).ToList();
        if (@case.Expected is not { } severity)
        {
            findings.ShouldBeEmpty();
            return;
        }
        var finding = findings.ShouldHaveSingleItem();
        finding.Severity.ShouldBe(severity);
        finding.Message.ShouldContain(@case.Says, Case.Sensitive);
        finding.Message.ShouldEndWith(".");
        finding.Message.ShouldNotContain("!");
        finding.Evidence.ShouldNotEndWith(".");
        finding.Cure.Advice.ShouldNotBeEmpty();
    }

    private static Rule Rule(string id) => RuleBook.Rules.Single(rule => rule.Id == id);
}
