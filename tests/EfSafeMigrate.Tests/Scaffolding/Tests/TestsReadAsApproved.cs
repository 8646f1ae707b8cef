using EfSafeMigrate.Changes;
using EfSafeMigrate.Plans;
using EfSafeMigrate.Scaffolding.Tests;
using EfSafeMigrate.Tests.Plans;
using EfSafeMigrate.Tests.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace EfSafeMigrate.Tests.Scaffolding.Tests;

/// <summary>The test that is written with the migrations of a plan, for each engine.</summary>
public class TestsReadAsApproved
{
    private const string Rename = "rename a required column";

    private const string SqliteCustomers = """CREATE TABLE "Customers" ("Id" INTEGER NOT NULL CONSTRAINT "PK_Customers" PRIMARY KEY AUTOINCREMENT, "Name" TEXT NOT NULL, "Nick" TEXT NULL);""";

    public static TheoryData<string> Engines => [RuleCase.Postgres, RuleCase.Sqlite, RuleCase.MariaDb, RuleCase.SqlServer];

    [Theory, MemberData(nameof(Engines))]
    public void AsItIsWritten(string engine) =>
        Approval.Check($"tests/EfSafeMigrate.Tests/Scaffolding/Approved/{engine}.cs.txt", Text(engine), "UPDATE_APPROVED");

    [Theory, MemberData(nameof(Engines))]
    public void ItIsCSharp(string engine) =>
        CSharpSyntaxTree.ParseText(Text(engine), new CSharpParseOptions(LanguageVersion.CSharp12)).GetDiagnostics().Where(problem => problem.Severity == DiagnosticSeverity.Error).ShouldBeEmpty();

    [Fact]
    public void NamesAreQuotedWhateverTheyAre()
    {
        var name = new TableName("my", "It's \"\"\" {a}");
        var source = new DatabaseModel([new(name, [new("Id", "integer", false), new("Old \\ 'one'", "text", true)]) { PrimaryKey = new("PK", ["Id"]) }]);
        var rows = TestRows.Of(new("20260101000000_Odd", source, [new RenameColumn(name, "Old \\ 'one'", "new \" {0}")]), Decisions.None, RuleCaseRun.Engine(RuleCase.Postgres));

        var text = new MigrationTest("Odd", "Shop.Tests", ["20260101000000_Odd"], new("Shop", "        return new Shop();"), rows).Text(RuleCaseRun.Engine(RuleCase.Postgres).Tests);

        var root = CSharpSyntaxTree.ParseText(text).GetRoot();
        root.GetDiagnostics().Where(problem => problem.Severity == DiagnosticSeverity.Error).ShouldBeEmpty();
        root.DescendantTokens().Select(token => token.ValueText).ShouldContain(value => value.Contains("INSERT INTO \"my\".\"It's \"\"\"\"\"\" {a}\" (\"Id\", \"Old \\ 'one'\")", StringComparison.Ordinal) && value.Contains("'Old \\ ''one'' 101'", StringComparison.Ordinal));
    }

    /// <summary>Every row has another value where it has to be, and one that fits.</summary>
    [Theory]
    [InlineData("varchar(2)", "'01'|'02'|'03'")]
    [InlineData("character varying(40)", "'Name 101'|'Name 102'|'Name 103'")]
    [InlineData("smallint", "101|102|103")]
    [InlineData("numeric(3,2)", "1|2|3")]
    [InlineData("uuid", "'00000000-0000-0000-0000-000000000101'|'00000000-0000-0000-0000-000000000102'|'00000000-0000-0000-0000-000000000103'")]
    [InlineData("boolean", "TRUE|TRUE|TRUE")]
    [InlineData("bytea", "'\\x01'|'\\x02'|'\\x03'")]
    [InlineData("timestamp with time zone", "'2026-01-01 03:04:05+00:00'|'2026-01-02 03:04:05+00:00'|'2026-01-03 03:04:05+00:00'")]
    [InlineData("text[]", "||")]
    [InlineData("geometry", "||")]
    public void ValuesFit(string type, string values) =>
        string.Join('|', Enumerable.Range(0, 3).Select(row => EfSafeMigrate.Engines.TestValues.Of(type, "Name", row, RuleCaseRun.Engine(RuleCase.Postgres).Tests))).ShouldBe(values);

    /// <summary>A row refers to the row of the same number, which is written before it; what has no known value leaves its table empty.</summary>
    [Fact]
    public void RowsReferToRows()
    {
        TableName orders = new(null, "orders"), customers = new(null, "customers"), places = new(null, "places");
        var source = new DatabaseModel(
        [
            new(orders, [new("id", "bigint", false) { Identity = true }, new("customer", "uuid", true), new("note", "varchar(20)", true), new("total", "numeric(8,2)", false) { ComputedSql = "1" }])
            {
                PrimaryKey = new("pk", ["id"]), ForeignKeys = [new("fk", ["customer"], customers, ["id"])],
            },
            new(customers, [new("id", "uuid", false), new("code", "text", false)]) { PrimaryKey = new("pk2", ["id"]), Indexes = [new("ux", ["code"]) { Unique = true }] },
            new(places, [new("spot", "geometry", false)]),
        ]);

        var rows = TestRows.Of(new("20260101000000_Drop", source, [new DropColumn(orders, "note"), new AddColumn(places, new("x", "int", true))]), Decisions.None, RuleCaseRun.Engine(RuleCase.Postgres));

        rows.Sql.ShouldBe("""
            INSERT INTO "customers" ("id", "code") VALUES
                ('00000000-0000-0000-0000-000000000101', 'code 101'),
                ('00000000-0000-0000-0000-000000000102', 'code 102'),
                ('00000000-0000-0000-0000-000000000103', 'code 103');
            INSERT INTO "orders" ("id", "customer", "note") OVERRIDING SYSTEM VALUE VALUES
                (101, '00000000-0000-0000-0000-000000000101', 'note 101'),
                (102, NULL, NULL),
                (103, '00000000-0000-0000-0000-000000000103', '');
            -- places has no rows: write some with a value of spot, of the type geometry.
            """.ReplaceLineEndings("\n"));
        rows.NotKept.ShouldBe(["orders.note"]);
    }

    private static string Text(string engine)
    {
        var (planCase, provider) = engine switch
        {
            RuleCase.Postgres => (PlanCases.Named(Rename), "Npgsql.EntityFrameworkCore.PostgreSQL"),
            RuleCase.MariaDb => (MariaDbPlanCases.Named(Rename), "Pomelo.EntityFrameworkCore.MySql"),
            RuleCase.SqlServer => (SqlServerPlanCases.Named(Rename), "Microsoft.EntityFrameworkCore.SqlServer"),
            _ => (new PlanCase(Rename, SqliteCustomers, SqliteCustomers.Replace("\"Name\"", "\"FullName\"", StringComparison.Ordinal))
            {
                On = RuleCaseRun.Engine(engine), Guessed = [PlanCase.Rename("Customers", "Name", "FullName")], Decisions = new([PlanCase.Rename("Customers", "Name", "FullName")], [], []) { Phased = true },
            }, "Microsoft.EntityFrameworkCore.Sqlite"),
        };
        string[] ids = [.. planCase.Plan().Migrations.Select((migration, at) => $"2026011209300{at}_RenameName{migration.Suffix}")];
        var use = planCase.On.Tests.Uses[provider];
        ContextCreation context = new("global::Shop.ShopContext", $"        var options = new DbContextOptionsBuilder<global::Shop.ShopContext>();\n        options.{use});\n        return new global::Shop.ShopContext(options.Options);");
        return new MigrationTest("RenameName", "Shop.Tests.MigrationTests", ids, context, TestRows.Of(planCase.Pending, planCase.Decisions, planCase.On)).Text(planCase.On.Tests);
    }
}
