using EfSafeMigrate.Plans;
using EfSafeMigrate.Rules;
using SqlStep = EfSafeMigrate.Plans.Sql;

namespace EfSafeMigrate.Tests.Plans;

public class MariaDbPlansReadAsApproved
{
    public static TheoryData<string> Cases => [.. MariaDbPlanCases.All.Select(each => each.Name)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_steps_are_those_approved(string name)
    {
        var planCase = MariaDbPlanCases.Named(name);
        Approval.Check($"tests/EfSafeMigrate.Tests/Plans/Approved/{planCase.On.Id}/{name.Replace(", on MySQL", "", StringComparison.Ordinal)}.txt", PlanText.Of(planCase.Plan()), "UPDATE_APPROVED");
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Only_contract_holds_anything_dangerous(string name)
    {
        var planCase = MariaDbPlanCases.Named(name);
        var plan = planCase.Plan();
        var contract = plan.Migrations.Where(migration => migration.Kind == PhaseKind.Contract).Select(migration => $"{plan.Name}{migration.Suffix}").ToList();
        plan.Findings(planCase.On, planCase.Version)
            .Where(finding => finding.Severity == Severity.Dangerous && !contract.Contains(finding.Origin.Migration))
            .ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_alteration_of_a_table_that_was_there_says_by_which_algorithm(string name)
    {
        foreach (var migration in MariaDbPlanCases.Named(name).Plan().Migrations)
        {
            var statements = string.Join('\n', migration.Up.Concat(migration.Down).Select(PlanText.SqlOf)).Split(";\n").Where(sql => sql.Contains("ALTER TABLE ", StringComparison.Ordinal) || sql.Contains(" INDEX ", StringComparison.Ordinal));
            statements.ShouldAllBe(sql => sql.Contains("ALGORITHM=", StringComparison.Ordinal));
        }
    }
}
