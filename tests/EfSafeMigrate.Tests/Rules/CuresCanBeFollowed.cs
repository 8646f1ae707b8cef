using EfSafeMigrate.Changes;
using EfSafeMigrate.Rules;

namespace EfSafeMigrate.Tests.Rules;

/// <summary>Whoever does what a finding advises gets rid of it, and of nothing graver in exchange.</summary>
public class CuresCanBeFollowed
{
    public static TheoryData<string> Cases =>
        [.. from rule in RuleBook.Rules from @case in RuleCaseRun.Of(rule) where @case.Expected is not null select RuleCaseRun.Label(rule, @case)];

    [Theory, MemberData(nameof(Cases))]
    public void And_the_finding_is_gone(string label)
    {
        var (id, @case) = RuleCaseRun.Labelled(label);
        var findings = @case.Findings().Select(found => found.Finding).ToList();
        var finding = findings.Single(each => each.Rule == id);
        if (finding.Cure.Migrations.Count == 0)
        {
            @case.Forms.ShouldNotBeEmpty($"{label}: nobody has followed “{finding.Cure.Advice}”");
        }
        foreach (var form in @case.Forms)
        {
            var left = new List<Finding>();
            foreach (var review in form.Reviews(@case))
            {
                review.Set.Migrations.SelectMany(migration => migration.Changes).OfType<OpaqueSql>().ShouldBeEmpty();
                var found = review.Findings(@case.Engine, @case.Advice, @case.Policy);
                found.Select(each => each.Situation.Impact.Refused).ShouldAllBe(refused => refused == null);
                // Whoever asks for advice hears all of it; what is asked here is whether this piece is heeded.
                left.AddRange(found.Select(each => each.Finding).Where(each => !each.IsAdvice || each.Rule == id));
            }
            left.ShouldNotContain(each => each.Rule == id);
            left.ShouldNotContain(each => each.Severity > finding.Severity);
            left.Select(each => each.Rule).Distinct().ShouldBe(form.Leaves, ignoreOrder: true);
        }
    }
}
