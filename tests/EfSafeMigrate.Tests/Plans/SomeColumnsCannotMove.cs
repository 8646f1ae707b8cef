using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines.MariaDb;
using EfSafeMigrate.Engines.Sqlite;
using EfSafeMigrate.Engines.SqlServer;
using EfSafeMigrate.Plans;
using EfSafeMigrate.Tests.Plans.Rewrites;
using static EfSafeMigrate.Tests.Plans.Rewrites.MoveColumnRewriteCases;

namespace EfSafeMigrate.Tests.Plans;

public class SomeColumnsCannotMove
{
    private const string Second = """ALTER TABLE "Cards" ADD "OtherId" integer; ALTER TABLE "Cards" ADD CONSTRAINT "FK_Cards_Other" FOREIGN KEY ("OtherId") REFERENCES "Customers" ("Id");""";
    private const string Email = """ "Email" text """;

    public static TheoryData<string, string, string, string> Refusals => new()
    {
        { Customers(Email) + Cards("").Replace("REFERENCES \"Customers\"", "REFERENCES \"Cards\"", StringComparison.Ordinal), Customers() + Cards(Email).Replace("REFERENCES \"Customers\"", "REFERENCES \"Cards\"", StringComparison.Ordinal), "Customers.Email=Cards", "no foreign key that is there before and after ties Customers and Cards" },
        { Customers(Email) + Cards("") + Second, Customers() + Cards(Email) + Second, "Customers.Email=Cards", "FK_Cards_Customers and FK_Cards_Other tie Customers and Cards, and nobody can say which links the rows" },
        { Customers(Email) + Cards(""), Customers() + Cards(""" "Email" varchar(9) """), "Customers.Email=Cards", "its type changes from text to varchar(9) as well" },
        { Customers(""" "Email" text NOT NULL """) + Cards(""), Customers() + Cards(Email), "Customers.Email=Cards", "Customers.Email becomes optional as well, and the running release cannot read NULL" },
        { Customers(Email) + Cards(""), Customers() + Cards(""" "Email" text NOT NULL """), "Customers.Email=Cards", "Customers.Email may be NULL and Cards.Email is required" },
        { Customers(""" "Email" text DEFAULT 'none' """) + Cards(""), Customers() + Cards(Email), "Customers.Email=Cards", "Customers.Email has a default, and a row that the new release inserts without it could not be told from one that the old release wrote" },
        { Customers(Email), Customers() + Profiles(Email, ""), "Customers.Email=Profiles", "FK_Profiles_Customers does not delete a row of Profiles with its row of Customers" },
        { Customers(Email), Customers() + Profiles(Email + """, "Motto" text NOT NULL"""), "Customers.Email=Profiles", "a row of Profiles cannot be made from Email alone: Motto is required and has no default" },
        { Customers(Email), Customers() + Profiles(""" "Email" text NOT NULL, "Motto" text """), "Customers.Email=Profiles", "is required, while Profiles holds Motto besides" },
        { Customers(Email), Customers() + Profiles(Email) + """CREATE UNIQUE INDEX "IX" ON "Profiles" ("Email");""", "Customers.Email=Profiles", "Profiles.Email is unique and Customers.Email is not" },
        { Customers(Email + ", xmin xid NOT NULL") + Cards(""), Customers(" xmin xid NOT NULL") + Cards(Email), "Customers.Email=Cards", "Customers has xmin as its concurrency token" },
        { Customers(Email) + Cards(""" "Email" text """), Customers() + Cards(Email), "Customers.Email=Cards", "Cards.Email is there already" },
        { Cards(Email) + Customers(), Customers(Email), "Cards.Email=Customers", "Cards is dropped as well" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void A_move_that_two_releases_cannot_share_is_refused(string before, string after, string move, string why)
    {
        var refused = Should.Throw<SafeMigrateException>((new PlanCase("", before, after) { Decisions = Moves(move) }).Propose);
        refused.Message.ShouldStartWith($"There are no phases for the move of {move.Split('=')[0]} to ");
        refused.Message.ShouldContain(why);
        refused.Code.ShouldBe(ExitCode.StoppedSafely);
    }

    [Fact]
    public void A_required_column_of_the_table_that_is_referred_to_needs_a_value()
    {
        var refused = Should.Throw<SafeMigrateException>((new PlanCase("", Customers() + Cards(""" "Email" text NOT NULL """), Customers(""" "Email" text NOT NULL """) + Cards("")) { Decisions = Moves("Cards.Email=Customers") }).Propose);
        refused.Message.ShouldBe("Customers.Email needs a value for rows that have none: a row of Customers need not have one of Cards, and Email is required.");
        refused.Next.ShouldBe("""add --fill "Customers.Email=SQL", an expression over the columns of Customers""");
    }

    [Fact]
    public void What_stands_for_no_value_is_the_same_in_every_row()
    {
        var planned = new PlanCase("", Customers(""" "Email" text NOT NULL, "Phone" text """), Customers(""" "Phone" text """) + Profiles(""" "Email" text NOT NULL """));
        var decisions = Moves("Customers.Email=Profiles") with { Fills = [(new(null, "Customers"), "Email", "\"Phone\"")] };
        Should.Throw<SafeMigrateException>((planned with { Decisions = decisions }).Propose).Message.ShouldBe("Customers.Email cannot be filled from Phone: it stands for no value while the column moves.");
    }

    [Fact]
    public void Several_rows_to_one_have_no_triggers_on_MariaDB()
    {
        var planned = PlanCases.Named("move a column to the many rows that refer to its own");
        Should.Throw<SafeMigrateException>(() => Planner.Propose("Change", planned.Pending, planned.After, MariaDbEngine.Value, MariaDbEngine.Value.Assumed, planned.Decisions))
            .Message.ShouldContain("a row of Orders has several of Lines, and MariaDB has no trigger that writes the table its statement writes");
    }

    [Fact]
    public void An_engine_without_phases_refuses_it_by_name()
    {
        var planned = PlanCases.Named("move columns to a table that is made for them");
        foreach (var engine in new[] { SqliteEngine.Value, SqlServerEngine.Value })
        {
            Should.Throw<SafeMigrateException>(() => Planner.Propose("Change", planned.Pending, planned.After, engine, engine.Assumed, planned.Decisions))
                .Message.ShouldStartWith("There are no phases for the move of Customers.Email to Profiles.Email: ");
        }
    }

    [Fact]
    public void A_drop_beside_an_add_of_one_name_and_type_in_tied_tables_is_a_question()
    {
        var planned = new PlanCase("", Customers(Email), Customers() + Profiles(Email));
        var refused = Should.Throw<SafeMigrateException>(planned.Propose);
        refused.Message.ShouldBe("EF drops Customers.Email and adds Profiles.Email. Is it the same data in another table?");
        refused.Next.ShouldBe("""answer with --move "Customers.Email=Profiles.Email" or --no-rename "Customers.Email" """.TrimEnd());
        refused.Code.ShouldBe(ExitCode.Environment);
        Should.NotThrow((planned with { Decisions = new([], [(new TableName(null, "Customers"), "Email")], []) }).Propose);
    }

    [Theory]
    [InlineData(""" "Email" varchar(9) """)]
    [InlineData(""" "Mail" text """)]
    public void Columns_of_other_names_or_types_are_none(string fresh) => Should.NotThrow(new PlanCase("", Customers(Email), Customers() + Profiles(fresh)).Propose);

    [Fact]
    public void The_flag_names_what_the_models_have()
    {
        var planned = PlanCases.Named("move a column from many rows to the one they refer to");
        var reader = new MoveReader(planned.Before, planned.After);
        reader.Read(["Lines.Currency=Orders.Money"]).ShouldBe([new MoveColumn(new(null, "Lines"), "Currency", new(null, "Orders"), "Money")]);
        Should.Throw<SafeMigrateException>(() => reader.Read(["Lines.Currency"])).Message.ShouldBe("`--move Lines.Currency` has no value behind `=`.");
        Should.Throw<SafeMigrateException>(() => reader.Read(["Lines.Coin=Orders.Money"])).Message.ShouldBe("`--move Lines.Coin=Orders.Money`: the last migration has no column Lines.Coin.");
        Should.Throw<SafeMigrateException>(() => reader.Read(["Lines.Currency=Orders.Coin"])).Message.ShouldBe("`--move Lines.Currency=Orders.Coin`: the new model has no column Orders.Coin.");
    }
}
