using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines.Sqlite;
using EfSafeMigrate.Plans;

namespace EfSafeMigrate.Tests.Plans;

public class SomeChangesHaveNoPhases
{
    [Fact]
    public void An_engine_without_phases_says_why()
    {
        var planned = Case(""" "Note" text """, """ "Note" text NOT NULL """);
        Planner.Propose("Change", planned.Pending, planned.After, SqliteEngine.Value, new(3, 40), Decisions.None).OneShot.ShouldBe("SQLite has one writer and rebuilds tables; --phased makes phases all the same");
    }

    /// <summary>EF learns a new row's key from the INSERT.</summary>
    [Fact]
    public void On_SQLite_no_view_keeps_the_name_of_a_table()
    {
        const string Table = """CREATE TABLE "Orders" ("Id" INTEGER NOT NULL CONSTRAINT "PK" PRIMARY KEY AUTOINCREMENT, "Note" TEXT NULL);""";
        var planned = new PlanCase("", Table, Table.Replace("Orders", "Sales", StringComparison.Ordinal))
        {
            On = SqliteEngine.Value, Version = new(3, 40), Tables = [new(new(null, "Orders"), new(null, "Sales"))], Decisions = new([], [], []) { Phased = true },
        };
        var refused = Should.Throw<SafeMigrateException>(planned.Propose);
        refused.Message.ShouldStartWith("There are no phases for the rename of Orders to Sales: through a view of the old name an INSERT returns no key");
        refused.Next.ShouldContain("--one-shot");
    }

    [Fact]
    public void On_SQLite_another_type_needs_another_name()
    {
        const string Table = """CREATE TABLE "Orders" ("Id" INTEGER NOT NULL CONSTRAINT "PK" PRIMARY KEY AUTOINCREMENT, "Code" TEXT NULL);""";
        var planned = new PlanCase("", Table, Table.Replace("TEXT", "INTEGER", StringComparison.Ordinal)) { On = SqliteEngine.Value, Version = new(3, 40), Decisions = new([], [], []) { Phased = true } };
        Should.Throw<SafeMigrateException>(planned.Propose).Message.ShouldContain("under one name: the running release cannot read INTEGER");
    }

    /// <summary>An empty text is no time, no amount and no GUID.</summary>
    [Fact]
    public void On_SQLite_a_text_that_goes_needs_a_value_that_the_running_release_can_read()
    {
        const string Table = """CREATE TABLE "Orders" ("Id" INTEGER NOT NULL CONSTRAINT "PK" PRIMARY KEY AUTOINCREMENT, "At" TEXT NOT NULL);""";
        var planned = new PlanCase("", Table, Table.Replace(", \"At\" TEXT NOT NULL", "", StringComparison.Ordinal)) { On = SqliteEngine.Value, Version = new(3, 40), Decisions = new([], [], []) { Phased = true } };
        Should.Throw<SafeMigrateException>(planned.Propose).Next.ShouldStartWith("add --fill \"Orders.At=SQL\"");
    }

    [Fact]
    public void A_harmless_change_is_one_migration() =>
        Case(""" "Note" text """, """ "Note" text, "State" integer NOT NULL DEFAULT 0 """).Propose().OneShot.ShouldBe("nothing in it stops the running release");

    [Fact]
    public void A_required_column_without_a_value_names_the_flag()
    {
        var refused = Should.Throw<SafeMigrateException>(() => Case(""" "Note" text """, """ "Note" text, "At" inet NOT NULL """).Propose());
        refused.Message.ShouldBe("Orders.At needs a value for rows that have none: At is required and has no default.");
        refused.Next.ShouldBe("""add --fill "Orders.At=SQL", an expression over the columns of Orders""");
        refused.Code.ShouldBe(ExitCode.Environment);
    }

    [Theory]
    [InlineData(""" "Code" text """, """ "Code" integer """)]
    [InlineData(""" "Code" timestamp """, """ "Code" timestamptz """)]
    [InlineData(""" "Code" numeric(9,2) """, """ "Code" integer """)]
    [InlineData(""" "Code" real """, """ "Code" double precision """)]
    [InlineData(""" "Code" json """, """ "Code" jsonb """)]
    public void A_type_that_the_running_release_cannot_share_needs_a_name_of_its_own(string before, string after)
    {
        var refused = Should.Throw<SafeMigrateException>(() => Case(before, after).Propose());
        refused.Message.ShouldStartWith("There are no phases for the change of Orders.Code from ");
        refused.Message.ShouldContain("under one name: the running release cannot read ");
        refused.Next.ShouldStartWith("""map it under a new column name, New, and say --rename "Orders.Code=New" with --using "Orders.New=SQL" and --using "Orders.Code=SQL", or """);
        refused.Code.ShouldBe(ExitCode.StoppedSafely);
    }

    [Theory]
    [InlineData(""" "Code" integer """, """ "Code" bigint NOT NULL """, "it becomes required as well")]
    [InlineData(""" "Code" integer NOT NULL """, """ "Code" bigint """, "it becomes optional as well")]
    [InlineData(""" "Code" integer, "More" integer GENERATED ALWAYS AS ("Code" + 1) STORED """, """ "Code" bigint, "More" integer GENERATED ALWAYS AS ("Code" + 1) STORED """, "Generated column `More` uses column `Code`")]
    [InlineData(""" "Code" integer """, """ "Code" bigint, CONSTRAINT "AK_Code" UNIQUE ("Code") """, "AK_Code changes as well")]
    [InlineData(""" "Code" integer, "Other" integer, CONSTRAINT "CK" CHECK ("Code" > "Other") """, """ "Code" bigint, "Other" bigint, CONSTRAINT "CK" CHECK ("Code" > "Other") """, "CK stands on Other too, whose type changes as well")]
    [InlineData(""" "Code" numeric(9,4), CONSTRAINT "AK_Code" UNIQUE ("Code") """, """ "Code" numeric(9,2), CONSTRAINT "AK_Code" UNIQUE ("Code") """, "values that differ would be rounded to the same, and AK_Code is unique")]
    [InlineData(""" "Code" numeric(9,4), CONSTRAINT "CK" CHECK ("Code" < 10) """, """ "Code" numeric(9,2), CONSTRAINT "CK" CHECK ("Code" < 10) """, "a value that passes CK may be rounded to one that does not")]
    public void A_type_is_not_changed_together_with_what_stands_on_it(string before, string after, string why) =>
        Should.Throw<SafeMigrateException>(() => Case(before, after).Propose()).Message.ShouldContain(why);

    [Fact]
    public void A_view_on_the_column_is_named()
    {
        var planned = Case(""" "Code" integer """, """ "Code" bigint """);
        planned = planned with { Source = planned.Source + """CREATE VIEW "Codes" AS SELECT "Code" FROM "Orders";""", Target = planned.Target + """CREATE VIEW "Codes" AS SELECT "Code" FROM "Orders";""" };
        Should.Throw<SafeMigrateException>(planned.Propose).Message.ShouldContain("View `Codes` uses column `Code`");
    }

    [Fact]
    public void A_key_that_is_no_number_is_refused()
    {
        var refused = Should.Throw<SafeMigrateException>(() => new PlanCase(
            "", """CREATE TABLE "Orders" ("Id" uuid NOT NULL, CONSTRAINT "PK_Orders" PRIMARY KEY ("Id"));""",
            """CREATE TABLE "Orders" ("Id" text NOT NULL, CONSTRAINT "PK_Orders" PRIMARY KEY ("Id"));""").Plan());
        refused.Message.ShouldStartWith("Change cannot be split into safe phases yet: ");
        refused.Next.ShouldContain("--one-shot");
    }

    [Theory]
    [InlineData(15, "add Twice as an ordinary nullable column, have the release write it, and fill the old rows in batches; or leave")]
    [InlineData(18, "let Twice be computed when it is read: HasComputedColumnSql with stored: false; or add Twice as an ordinary nullable column")]
    public void A_stored_computed_column_is_refused_with_the_other_ways(int version, string next)
    {
        var planned = Case(""" "Code" integer """, """ "Code" integer, "Twice" integer GENERATED ALWAYS AS ("Code" * 2) STORED """) with { Version = new(version) };
        var refused = Should.Throw<SafeMigrateException>(planned.Propose);
        refused.Message.ShouldStartWith("Change cannot be split into safe phases yet: Twice is computed as ");
        refused.Next.ShouldStartWith(next);
    }

    [Fact]
    public void A_text_that_only_gets_longer_is_one_migration() =>
        Case(""" "Code" varchar(5) """, """ "Code" varchar(50) """).Propose().OneShot.ShouldNotBeNull();

    [Fact]
    public void A_dangerous_change_beside_one_that_has_phases_is_refused_as_well() =>
        Should.Throw<SafeMigrateException>(() => Case(""" "Code" integer, "Note" text """, """ "Code" text, "Note" text NOT NULL """).Plan())
            .Message.ShouldContain("Code");

    [Theory]
    [InlineData(""" "Code" text NOT NULL """, """ "OrderCode" text """, "Code=OrderCode", "becomes optional as well")]
    [InlineData(""" "Code" text, "Other" text """, """ "Other" text, "Third" text """, "Code=Other Other=Third", "is the name of a column that is there already")]
    public void A_rename_that_two_releases_cannot_share_is_refused(string before, string after, string renames, string why)
    {
        var decided = renames.Split(' ').Select(pair => pair.Split('=')).Select(pair => PlanCase.Rename("Orders", pair[0], pair[1]));
        var planned = Case(before, after) with { Decisions = new([.. decided], [], []) };
        Should.Throw<SafeMigrateException>(planned.Propose).Message.ShouldContain(why);
    }

    [Theory]
    [InlineData(""" "Code" text """, """ "Number" integer """, "", """--using "Orders.Number=SQL", an""", "text is not converted there and back without a word")]
    [InlineData(""" "Code" numeric(9,2) """, """ "Number" integer """, "", """--using "Orders.Number=SQL" and --using "Orders.Code=SQL", an""", "Orders.Code becomes Orders.Number as integer")]
    [InlineData(""" "Code" timestamp """, """ "Number" timestamptz """, "Number", """--using "Orders.Code=SQL", an""", "timestamp is not converted")]
    [InlineData(""" "Code" text, "Made" text GENERATED ALWAYS AS ("Code") STORED """, """ "Number" integer, "Made" text """, "Number Made", """write what Made is computed from into --using "Orders.Number=SQL" """, "cannot be made of Made")]
    public void A_renamed_column_of_another_type_needs_an_expression_that_is_named(string before, string after, string given, string next, string why)
    {
        var parts = given.Split(' ');
        var decisions = new Decisions([PlanCase.Rename("Orders", "Code", "Number")], [], [])
        {
            Usings = given.Length == 0 ? [] : [(new(null, "Orders"), parts[0], parts.Length > 1 ? $"\"{parts[1]}\"::integer" : "\"Code\""), .. parts.Length > 1 ? [(new(null, "Orders"), "Code", "\"Number\"::text")] : Array.Empty<(TableName, string, string)>()],
        };
        var refused = Should.Throw<SafeMigrateException>((Case(before, after) with { Decisions = decisions }).Propose);
        refused.Message.ShouldContain(why);
        refused.Next!.ShouldContain(next.TrimEnd());
    }

    [Theory]
    [InlineData(""" length("Code") + random() """, "calls a function that may answer anew each time", "use functions that depend on nothing but the row")]
    [InlineData(" length(Code) ", "names Code without quotes, which PostgreSQL takes for code", "write \"Code\"")]
    [InlineData(" length(Orders.\"Code\") ", "names Orders without quotes, which PostgreSQL takes for orders", "write \"Orders\"")]
    [InlineData(" (SELECT 1) ", "reads other rows", "write an expression over the columns of Orders alone")]
    [InlineData(""" length("Code") + "Number" """, "names Number, which is made together with it", "write it over Code")]
    public void What_a_renamed_column_holds_is_said_over_the_row_alone(string given, string why, string next)
    {
        var decisions = new Decisions([PlanCase.Rename("Orders", "Code", "Number")], [], [])
        {
            Usings = [(new(null, "Orders"), "Number", given), (new(null, "Orders"), "Code", "\"Number\"::text")],
        };
        var refused = Should.Throw<SafeMigrateException>((Case(""" "Code" text """, """ "Number" integer """) with { Decisions = decisions }).Propose);
        refused.Message.ShouldBe($"`--using` of Orders.Number {why}.");
        refused.Next.ShouldBe(next);
    }

    private static PlanCase Case(string before, string after) => new("", Table(before), Table(after));

    private static string Table(string columns) => $"""CREATE TABLE "Orders" ("Id" bigint NOT NULL, {columns}, CONSTRAINT "PK_Orders" PRIMARY KEY ("Id"));""";
}
