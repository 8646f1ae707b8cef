using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Engines.MariaDb;
using EfSafeMigrate.Engines.Sqlite;
using EfSafeMigrate.Plans;
using EfSafeMigrate.Tests.Plans.Rewrites;

namespace EfSafeMigrate.Tests.Plans;

public class SomeColumnsCannotBeRegrouped
{
    private const string First = """split_part("FullName", ' ', 1)""";
    private const string Last = """nullif(split_part("FullName", ' ', 2), '')""";
    private const string Full = """ "FirstName" || coalesce("LastName", '') """;

    private static readonly TableName Customers = new(null, "Customers");

    [Fact]
    public void Every_expression_that_is_missing_is_named()
    {
        var refused = Should.Throw<SafeMigrateException>(() => Split(("FirstName", First)).Propose());
        refused.Message.ShouldBe("Nothing says how FullName gets its values in the split of Customers.FullName into FirstName.");
        refused = Should.Throw<SafeMigrateException>(() => Split(("FullName", Full)).Propose());
        refused.Message.ShouldBe("Nothing says how FirstName and LastName get their values in the split of Customers.FullName into FirstName, LastName.");
        refused.Next.ShouldBe("""add --using "Customers.FirstName=SQL" over FullName and --using "Customers.LastName=SQL" over FullName""");
    }

    [Theory]
    [InlineData(""" "FirstName" || "Total" """, "names \"Total\", which is no column of Customers")]
    [InlineData(""" "FirstName" || (SELECT max("Total") FROM "Orders") """, "reads other rows")]
    [InlineData(""" "FirstName" || "Orders"."Id" """, "names \"Orders\", which is no column of Customers")]
    [InlineData(""" "FirstName" || FirstName || "LastName" """, "names FirstName without quotes, which PostgreSQL takes for firstname")]
    [InlineData(""" "FirstName" || "LastName" || random() """, "calls a function that may answer anew each time")]
    [InlineData(""" "FirstName" || "LastName" || "FullName" """, "names FullName, which is made together with it")]
    [InlineData(""" "FirstName" || "LastName" || "Nick" """, "names Nick, which comes or goes in the same plan")]
    [InlineData(""" "FirstName" || "LastName" || "Loud" """, "cannot be made of Loud")]
    public void An_expression_is_over_the_row_alone(string full, string why) =>
        Should.Throw<SafeMigrateException>(() => Split(("FirstName", First), ("LastName", Last), ("FullName", full)).Propose()).Message.ShouldContain(why);

    [Theory]
    [InlineData(""" "Customers"."FirstName" || coalesce("LastName", '') """)]
    [InlineData(""" "FirstName" || CAST("LastName" AS "text") COLLATE "C" """)]
    [InlineData(""" pg_catalog.concat("FirstName", '"Total"', "LastName", "Note") """)]
    public void Qualified_and_quoted_names_that_mean_no_other_table_are_taken(string full) =>
        Split(("FirstName", First), ("LastName", Last), ("FullName", full)).Propose().OneShot.ShouldBeNull();

    [Theory]
    [InlineData("\"FullName\" text UNIQUE", "\"FirstName\" text NOT NULL DEFAULT 'x', \"LastName\" text", "has a default of its own")]
    [InlineData("\"FullName\" text GENERATED ALWAYS AS ('x') STORED", "\"FirstName\" text, \"LastName\" text", "FullName is computed after the trigger|is computed")]
    [InlineData("\"FullName\" text, CONSTRAINT \"FK\" FOREIGN KEY (\"FullName\") REFERENCES \"Customers\" (\"Id\")", "\"FirstName\" text, \"LastName\" text", "Customers.FullName has a foreign key")]
    public void Some_columns_stay_whole(string before, string after, string why)
    {
        var planCase = new PlanCase("", Table(before), Table(after)) { Decisions = Said(("FirstName", First), ("LastName", Last), ("FullName", Full)) };
        var refused = Should.Throw<SafeMigrateException>(planCase.Propose);
        refused.Message.ShouldStartWith("There are no phases for the split of Customers.FullName into FirstName, LastName: ");
        refused.Message.ShouldMatch(why);
    }

    [Fact]
    public void An_engine_without_such_triggers_refuses()
    {
        var split = Split(("FirstName", First), ("LastName", Last), ("FullName", Full));
        var refused = Should.Throw<SafeMigrateException>(() => Planner.Propose("Split", split.Pending, split.After, SqliteEngine.Value, new(3, 40), split.Decisions));
        refused.Message.ShouldBe("`--using Customers.FirstName` cannot be kept: SQLite has one writer and rebuilds tables.");
        refused.Code.ShouldBe(ExitCode.StoppedSafely);
    }

    [Fact]
    public void On_MariaDB_only_text_is_kept_in_other_columns()
    {
        static string Table(string columns) => $"CREATE TABLE `Customers` (`Id` int NOT NULL, {columns}, CONSTRAINT `PK` PRIMARY KEY (`Id`));";
        var planCase = new PlanCase("", Table("`Day` int NULL"), Table("`Month` int NULL, `Week` int NULL"))
        {
            On = MariaDbEngine.Value, Version = MariaDbEngine.Value.Assumed, Decisions = Said(("Month", "`Day` DIV 30"), ("Week", "`Day` DIV 7"), ("Day", "`Week` * 7 + `Month`")),
        };
        Should.Throw<SafeMigrateException>(planCase.Propose).Message.ShouldContain("Customers.Day is int, and on MariaDB only columns of text are kept in others");
    }

    [Fact]
    public void What_EF_takes_for_a_rename_is_none_and_nobody_is_asked()
    {
        var split = Split(("FirstName", First), ("LastName", Last), ("FullName", Full));
        var guessed = split with { Guessed = [PlanCase.Rename("Customers", "FullName", "LastName")] };
        RenameQuestions.Of(guessed.Pending, guessed.After, guessed.Decisions).Select(question => question.Column).ShouldBe([]);
        PlanText.Of(guessed.Plan()).ShouldBe(PlanText.Of(split.Plan()));
    }

    [Fact]
    public void The_flags_say_which_columns_belong_together()
    {
        var split = Split();
        var reader = new DecisionReader(split.Before, split.After);
        var read = reader.Read([], [], [], [$"Customers.FirstName={First}", $"Customers.LastName={Last}", $"Customers.FullName={Full}"]);
        ColumnGroups.Of(split.Before, split.After, read).ShouldHaveSingleItem().What.ShouldBe("split of Customers.FullName into FirstName, LastName");
        read.Renames.ShouldBeEmpty();
        Should.Throw<SafeMigrateException>(() => reader.Read([], [], [], ["Customers.FirstName='x'"])).Message.ShouldBe("`--using Customers.FirstName='x'`: Customers.FirstName is not renamed.");
        reader.Read([], [], [], [$"Customers.FirstName={First}", """Customers.FullName="FirstName" """]).Renames.ShouldBe([PlanCase.Rename("Customers", "FullName", "FirstName")]);
    }

    private static PlanCase Split(params (string, string)[] said) => new(
        "", Table("\"FullName\" text, \"Nick\" text, \"Loud\" text GENERATED ALWAYS AS (upper(\"Note\")) STORED"), Table("\"FirstName\" text, \"LastName\" text, \"Loud\" text GENERATED ALWAYS AS (upper(\"Note\")) STORED"))
    {
        Decisions = Said(said) with { Separate = [(Customers, "Nick")] },
    };

    private static string Table(string columns) => $"""CREATE TABLE "Customers" ("Id" integer NOT NULL, {columns}, "Note" text, CONSTRAINT "PK_Customers" PRIMARY KEY ("Id"));""";

    private static Decisions Said(params (string Column, string Sql)[] said) => new([], [], []) { Usings = [.. said.Select(each => (Customers, each.Column, each.Sql))] };
}
