using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Tests.Rules;

/// <summary>Model changes without a migration have no name, and no command rewrites them.</summary>
public class PendingChangesAreSpokenOf
{
    public static TheoryData<string> Cases =>
    [
        .. from rule in EfSafeMigrate.Rules.RuleBook.Rules
           from @case in RuleCaseRun.Of(rule)
           where @case.Expected is not null && @case.Operations.Count > 0
           select RuleCaseRun.Label(rule, @case),
    ];

    [Theory, MemberData(nameof(Cases))]
    public void As_the_model_changes(string label)
    {
        var (id, @case) = RuleCaseRun.Labelled(label);
        var only = RuleCaseRun.Set(@case).Migrations.ShouldHaveSingleItem();
        var changes = only.Changes.Select(change => change with { Origin = change.Origin with { Migration = Origin.PendingModel } }).ToList();
        var set = new ChangeSet([only with { Id = Origin.PendingModel, Changes = changes }]);
        foreach (var (_, finding) in RuleCaseRun.Findings(set, RuleCaseRun.Engine(@case.Engine), RuleCaseRun.Facts(@case)).Where(found => found.Finding.Rule == id))
        {
            var text = FindingText.Of(finding);
            text.ShouldNotContain(Origin.PendingModel);
            text.ShouldNotContain("safe-migrate rewrite");
        }
    }
}
