using EfSafeMigrate.Changes;
using EfSafeMigrate.Rules;

namespace EfSafeMigrate.Tests.Rules;

/// <summary>A cure's statements are judged like any other migration: they must not need a cure themselves.</summary>
public class CuresAreSafe
{
    public static TheoryData<string> Cases =>
    [
        .. from rule in RuleBook.Rules
           from @case in RuleCaseRun.Of(rule)
           where @case.Expected is not null && Cured(@case, rule.Id).Any()
           select RuleCaseRun.Label(rule, @case),
    ];

    [Theory, MemberData(nameof(Cases))]
    public void On_second_look(string label)
    {
        var (id, @case) = RuleCaseRun.Labelled(label);
        var gravest = @case.Findings().Max(found => found.Finding.Severity);
        foreach (var (situation, finding) in Cured(@case, id))
        {
            // Of a table that nobody described the tool cannot see that a step proves the next one.
            if (situation.Change.Target is { } target && situation.Before.Find(target) is null)
            {
                continue;
            }
            var migrations = finding.Cure.Migrations.Select(migration => (string.Join('\n', migration.Sql), !migration.OutsideTransaction));
            var set = RuleCaseRun.Set(migrations, @case.Engine, situation.Before);
            set.Migrations.SelectMany(migration => migration.Changes).OfType<OpaqueSql>().ShouldBeEmpty();
            var again = RuleCaseRun.Findings(set, situation.Engine, situation.Facts);
            again.ShouldNotContain(found => found.Finding.Rule == id);
            again.ShouldNotContain(found => found.Finding.Severity > gravest);
            again.ShouldNotContain(found => found.Situation.Impact.Refused != null);
        }
    }

    private static IEnumerable<(Situation Situation, Finding Finding)> Cured(RuleCase @case, string id) =>
        @case.Findings().Where(found => found.Finding.Rule == id && found.Finding.Cure.Migrations.Count > 0);
}
