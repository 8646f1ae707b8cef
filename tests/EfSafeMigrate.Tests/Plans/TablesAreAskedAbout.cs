using EfSafeMigrate.Changes;
using EfSafeMigrate.Plans;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Scaffolding;

namespace EfSafeMigrate.Tests.Plans;

public class TablesAreAskedAbout
{
    private const string Customers = """ "Id" integer NOT NULL, "Name" text, "Phone" text """;

    private static readonly RenameTable Renamed = new(new(null, "Customers"), new(null, "Clients"));

    [Fact]
    public void A_drop_beside_a_create_that_looks_like_it_is_a_question()
    {
        var asked = Case(("Customers", Customers), ("Clients", Customers));
        var question = Open(asked, Decisions.None).ShouldHaveSingleItem();
        question.Text.ShouldBe("EF drops the table Customers and creates Clients. Are they the same rows under a new name?");
        question.Flags.ShouldBe(["--rename Customers=Clients", "--no-rename Customers"]);
        Should.Throw<SafeMigrateException>(() => TableQuestions.Refuse(asked.Pending, asked.After, Decisions.None)).Next.ShouldBe("answer with --rename Customers=Clients or --no-rename Customers");
        Open(asked, Decisions.None with { SeparateTables = [Renamed.Table] }).ShouldBeEmpty();
        Open(asked, Decisions.None with { Tables = [Renamed] }).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Invoices", """ "Id" integer NOT NULL, "Total" numeric, "DueOn" date """, 0)]
    [InlineData("KeyCustomers", """ "Id" integer NOT NULL, "Total" numeric, "DueOn" date """, 1)]
    [InlineData("Invoices", """ "Id" integer NOT NULL, "Name" text, "DueOn" date """, 1)]
    [InlineData("Invoices", """ "Id" bigint NOT NULL, "Name" varchar(9), "Phone" text """, 0)]
    public void Names_and_columns_tell_what_looks_like_it(string name, string columns, int questions) =>
        Open(Case(("Customers", Customers), (name, columns)), Decisions.None).Count.ShouldBe(questions);

    [Fact]
    public void A_rename_that_EF_sees_is_a_question_and_cannot_be_taken_apart()
    {
        MigrationChanges pending = new("", Case(("Customers", Customers), ("Clients", Customers)).Before, [Renamed]);
        TableQuestions.Of(pending, DatabaseModel.Empty, Decisions.None).ShouldHaveSingleItem().Text.ShouldBe("EF sees a rename: Customers → Clients. Are they the same rows under a new name?");
        TableQuestions.Of(pending, DatabaseModel.Empty, Decisions.None with { Tables = [Renamed] }).ShouldBeEmpty();
        Should.Throw<SafeMigrateException>(() => TableQuestions.Refuse(pending, DatabaseModel.Empty, Decisions.None with { SeparateTables = [Renamed.Table] }))
            .Message.ShouldBe("Customers and Clients belong to one entity, so EF cannot drop the one and create the other.");
    }

    [Fact]
    public void A_rename_between_tables_that_both_stay_is_refused()
    {
        var asked = Case(("Customers", Customers), ("Clients", Customers));
        Should.Throw<SafeMigrateException>(() => TableQuestions.Refuse(asked.Pending, asked.After, Decisions.None with { Tables = [Renamed, new(new(null, "Clients"), new(null, "Customers"))] }))
            .Message.ShouldStartWith("`--rename Clients=Customers`: ");
    }

    [Fact]
    public void Flags_tell_tables_from_columns()
    {
        var asked = Case(("Customers", Customers), ("Clients", Customers));
        string[] renames = ["Customers=Clients", "Customers.Phone=Name", "Clients.Name=Phone"];
        var tables = new DecisionReader(asked.Before, asked.After).ReadTables(renames, ["Customers", "Customers.Phone"]);
        tables.Tables.ShouldBe([Renamed]);
        tables.SeparateTables.ShouldBe([Renamed.Table]);
        var moved = asked.Before.After(Renamed);
        var read = new DecisionReader(moved, asked.After, Decisions.None with { Tables = [Renamed] }).Read(renames, ["Customers.Phone"], ["Customers.Name='x'"], []);
        read.Tables.ShouldBe([Renamed]);
        read.Renames.ShouldBe([PlanCase.Rename("Clients", "Phone", "Name"), PlanCase.Rename("Clients", "Name", "Phone")], "a column is named with either name of its table");
        read.Separate.ShouldBe([(Renamed.NewName, "Phone")]);
        read.Fills.ShouldBe([(Renamed.NewName, "Name", "'x'")]);
        Should.Throw<SafeMigrateException>(() => new DecisionReader(asked.Before, asked.After).Read(["Customers=Nobody"], [], [], [])).Message.ShouldBe("`--rename Customers=Nobody`: the new model has no table Nobody.");
    }

    [Fact]
    public void One_migration_renames_as_decided_and_leaves_it_to_EF_where_EF_does_so()
    {
        var asked = Case(("Customers", Customers), ("Clients", Customers));
        var decided = Decisions.None with { Tables = [Renamed] };
        var rest = new MigrationChanges("", asked.Before.After(Renamed), []);
        var shot = OneShot.Of("Move", asked.Pending, rest, decided).ShouldNotBeNull();
        shot.SourceRenames.ShouldBe([new MapTable(Renamed.Table, Renamed.NewName)]);
        var plan = shot.Bind(new([], FinalDiffEmpty: true), asked.Before);
        plan.Migrations[0].Up.OfType<Rename>().Select(step => step.What).ShouldBe([Renamed]);
        plan.Migrations[0].Down.OfType<Rename>().Select(step => step.What).ShouldBe([new RenameTable(Renamed.NewName, Renamed.Table)]);
        MigrationText.Body(plan.Migrations[0].Up).ShouldBe("migrationBuilder.RenameTable(\n    name: \"Customers\",\n    newName: \"Clients\");");
        OneShot.Of("Move", new("", asked.Before, [Renamed]), rest, decided).ShouldBeNull();
    }

    [Theory]
    [InlineData(""" "Id" integer NOT NULL, "Name" text, "Phone" varchar(30) """, "", "Clients.Phone changes its type as well")]
    [InlineData(Customers, """CREATE TABLE "Customers" ("Id" integer NOT NULL);""", "the name Customers is given to another table at once")]
    public void What_the_view_cannot_serve_is_refused(string columns, string more, string why)
    {
        var asked = Case(("Customers", Customers), ("Clients", columns)) with { Tables = [Renamed] };
        var refused = Should.Throw<SafeMigrateException>((asked with { Target = asked.Target + more }).Propose);
        refused.Message.ShouldStartWith("There are no phases for the rename of Customers to Clients: ");
        refused.Message.ShouldContain(why);
        refused.Code.ShouldBe(ExitCode.StoppedSafely);
    }

    [Theory]
    [InlineData(""" "Id" integer NOT NULL, "Name" text, "Phone" text, "Fax" text """, null)]
    [InlineData(""" "Id" integer NOT NULL, "Name" text, "Phone" text NOT NULL """, null)]
    [InlineData(""" "Id" integer NOT NULL, "Name" text, "Phone" varchar(30) """, "Clients.Phone")]
    [InlineData(""" "Id" integer NOT NULL, "Name" text """, "Clients.Phone")]
    public void A_held_contract_that_drops_the_view_lets_through_what_the_view_allows(string columns, string? refused)
    {
        var plan = (Case(("Customers", Customers), ("Clients", Customers)) with { Tables = [Renamed] }).Plan();
        HeldContract held = new("Move", "", [.. plan.Migrations.Where(each => each.Kind == PhaseKind.Contract).Select(each => new HeldMigration(each.Suffix, MigrationText.Body(each.Up), MigrationText.Body(each.Down), []))]);
        var next = Case(("Clients", Customers), ("Clients", columns)).Pending;
        if (refused is null)
        {
            Owed.Refuse("Next", next, PlanCase.Engine, [held]);
            return;
        }
        Should.Throw<SafeMigrateException>(() => Owed.Refuse("Next", next, PlanCase.Engine, [held])).Message.ShouldBe($"Next changes {refused}, and the held contract of Move still has work to do on it.");
    }

    private static IReadOnlyList<TableQuestion> Open(PlanCase asked, Decisions decisions) => TableQuestions.Of(asked.Pending, asked.After, decisions);

    private static PlanCase Case((string Name, string Columns) before, (string Name, string Columns) after) => new("", Table(before), Table(after));

    private static string Table((string Name, string Columns) table) => $"""CREATE TABLE "{table.Name}" ({table.Columns}, CONSTRAINT "PK_{table.Name}" PRIMARY KEY ("Id"));""";
}
