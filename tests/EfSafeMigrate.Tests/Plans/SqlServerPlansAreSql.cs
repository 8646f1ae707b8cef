using EfSafeMigrate.Changes;
using EfSafeMigrate.Plans;
using EfSafeMigrate.Rules;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace EfSafeMigrate.Tests.Plans;

/// <summary>No server runs them here: Microsoft's parser reads every statement, also those that stand in a text, and a person has approved it.</summary>
public class SqlServerPlansAreSql
{
    public static TheoryData<string> Cases => [.. SqlServerPlanCases.All.Select(each => each.Name)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_steps_are_those_approved(string name) =>
        Approval.Check($"tests/EfSafeMigrate.Tests/Plans/Approved/sqlserver/{name}.txt", PlanText.Of(SqlServerPlanCases.Named(name).Plan()), "UPDATE_APPROVED");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_statement_is_one_of_SQL_Server_2019(string name)
    {
        var executed = new Executed();
        foreach (var sql in SqlServerPlanCases.Named(name).Plan().Migrations.SelectMany(migration => migration.Up.Concat(migration.Down)).Select(PlanText.SqlOf))
        {
            Parsed(sql).Accept(executed);
        }
        foreach (var sql in executed.Texts)
        {
            Parsed(sql);
        }
        executed.Texts.Count.ShouldBe(executed.Texts.Count(text => text.StartsWith("CREATE OR ALTER TRIGGER ", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Only_contract_holds_anything_dangerous(string name)
    {
        var planCase = SqlServerPlanCases.Named(name);
        var plan = planCase.Plan();
        var contract = plan.Migrations.Where(migration => migration.Kind == PhaseKind.Contract).Select(migration => $"{plan.Name}{migration.Suffix}").ToList();
        plan.Findings(planCase.On, planCase.Version).Where(finding => finding.Severity == Severity.Dangerous && !contract.Contains(finding.Origin.Migration)).ShouldBeEmpty();
        plan.Notes[0].ShouldStartWith("These phases for SQL Server were never run on a server");
    }

    [Fact]
    public void A_parser_that_took_anything_would_be_none() => Should.Throw<ShouldAssertException>(() => Parsed("UPDATE [t] SET [a] = ;"));

    /// <summary>EF asks for the keys it wrote with OUTPUT, which such a table refuses.</summary>
    [Fact]
    public void A_table_of_whose_triggers_no_release_knows_gets_none()
    {
        const string Table = "CREATE TABLE [T] ([Id] int NOT NULL, [A] int NOT NULL, CONSTRAINT [PK] PRIMARY KEY ([Id]));";
        var refused = Should.Throw<SafeMigrateException>(SqlServerPlanCases.Plain(new("", Table, Table.Replace("[A]", "[B]", StringComparison.Ordinal)) { Guessed = [PlanCase.Rename("T", "A", "B")] }).Propose);
        refused.Message.ShouldStartWith("There are no phases for the changes of T: EF asks with an OUTPUT clause what it wrote");
        refused.Message.ShouldContain("error 334");
        refused.Next.ShouldContain("--one-shot");
    }

    [Fact]
    public void Nothing_comes_in_phases_unasked()
    {
        const string Table = "CREATE TABLE [T] ([Id] int NOT NULL, [A] int NULL, CONSTRAINT [PK] PRIMARY KEY ([Id]));";
        var planCase = SqlServerPlanCases.Plain(new("", Table, Table.Replace("[A] int NULL", "[A] int NOT NULL", StringComparison.Ordinal)));
        (planCase with { Decisions = new([], [], []) }).Propose().OneShot.ShouldBe("the phases for SQL Server were never run on a server; --phased makes phases all the same");
    }

    [Theory]
    [InlineData("Enterprise", "SqlServer:Online", false)]
    [InlineData("Standard", null, true)]
    [InlineData(null, null, true)]
    public void An_index_is_built_online_where_the_edition_can(string? edition, string? annotation, bool stops)
    {
        var forms = EfSafeMigrate.Engines.SqlServer.SqlServerEngine.Value.Phases!;
        var its = forms.OfEdition(forms, edition);
        its.Concurrently.Select(each => each.Name).FirstOrDefault().ShouldBe(annotation);
        its.BuildsStopWriters.ShouldBe(stops);
    }

    private static TSqlFragment Parsed(string sql)
    {
        var fragment = new TSql150Parser(initialQuotedIdentifiers: true).Parse(new StringReader(sql), out var errors);
        errors.Select(error => $"{error.Line}: {error.Message}\n{sql}").ShouldBeEmpty();
        return fragment;
    }

    private sealed class Executed : TSqlFragmentVisitor
    {
        public List<string> Texts { get; } = [];

        public override void Visit(ExecutableStringList node) => Texts.AddRange(node.Strings.OfType<StringLiteral>().Select(literal => literal.Value));
    }
}
