using EfSafeMigrate.Plans;
using EfSafeMigrate.Rules;
using SqlStep = EfSafeMigrate.Plans.Sql;

namespace EfSafeMigrate.Tests.Plans;

public class PlansReadAsApproved
{
    public static TheoryData<string> Cases => [.. PlanCases.All.Select(each => each.Name)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_steps_are_those_approved(string name) =>
        Approval.Check($"tests/EfSafeMigrate.Tests/Plans/Rewrites/Approved/{name}.txt", PlanText.Of(PlanCases.Named(name).Plan()), "UPDATE_APPROVED");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Only_contract_holds_anything_dangerous(string name)
    {
        var plan = PlanCases.Named(name).Plan();
        var contract = plan.Migrations.Where(migration => migration.Kind == PhaseKind.Contract).Select(migration => $"{plan.Name}{migration.Suffix}").ToList();
        plan.Findings(PlanCase.Engine, PlanCases.Named(name).Version)
            .Where(finding => finding.Severity == Severity.Dangerous && !contract.Contains(finding.Origin.Migration) && finding.Rule != "unique-data-dependent")
            .ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_last_model_is_the_target(string name)
    {
        var draft = PlanCases.Named(name).Propose();
        draft.Migrations[^1].Edits.ShouldBeEmpty();
        PlanCases.Named(name).Stages(draft.Migrations.Select(migration => migration.Edits)).FinalDiffEmpty.ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_runs_outside_a_transaction_is_alone(string name) =>
        PlanCases.Named(name).Plan().Migrations.ShouldAllBe(migration => Alone(migration.Up) && Alone(migration.Down));

    private static bool Alone(IReadOnlyList<Step> steps) =>
        !steps.Any(Suppressed) || steps.All(Suppressed);

    private static bool Suppressed(Step step) => step is Fill or SqlStep { Suppressed: true } or Emit { Annotations.Count: > 0 };
}
