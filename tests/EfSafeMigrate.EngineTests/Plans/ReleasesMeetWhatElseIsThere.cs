using EfSafeMigrate.Changes;
using EfSafeMigrate.Plans;
using EfSafeMigrate.Tests.Plans;

namespace EfSafeMigrate.EngineTests.Plans;

/// <summary>Both releases write between expand and contract, where the table holds more than the column that changes.</summary>
public class ReleasesMeetWhatElseIsThere
{
    private static readonly TableName People = new(null, "People");

    [Theory]
    [InlineData("""upper("FullName")""")]
    [InlineData("""upper("Name")""")]
    public async Task A_value_is_made_of_a_column_that_is_renamed_at_once(string value)
    {
        var planCase = Case(""" "Name" text NOT NULL """, """ "FullName" text NOT NULL, "Segment" text NOT NULL """) with
        {
            Decisions = new([PlanCase.Rename("People", "Name", "FullName")], [], [(People, "Segment", value)]),
        };
        await using var database = await PlanDatabase.CreateAsync(planCase.Source + """INSERT INTO "People" VALUES (1, 'ann');""");
        foreach (var migration in planCase.Plan().Migrations.TakeWhile(each => each.Kind != PhaseKind.Contract))
        {
            await database.RunAsync(migration.Up);
            await database.RunAsync($"""INSERT INTO "People" ("Id", "Name") SELECT max("Id") + 1, 'bob' FROM "People";""");
            await database.RunAsync($"""INSERT INTO "People" ("Id", "FullName", "Segment") SELECT max("Id") + 1, 'eve', 'x' FROM "People";""");
        }
        (await database.TextAsync("""SELECT DISTINCT "Name", "FullName", "Segment" FROM "People" ORDER BY 1""")).ShouldBe("ann | ann | ANN\nbob | bob | BOB\neve | eve | x");
    }

    [Fact]
    public async Task A_renamed_column_that_becomes_required_is_filled_from_another()
    {
        var planCase = Case(""" "Name" text NOT NULL, "Nick" text """, """ "Name" text NOT NULL, "Handle" text NOT NULL """) with
        {
            Decisions = new([PlanCase.Rename("People", "Nick", "Handle")], [], [(People, "Handle", "lower(\"Name\")")]),
        };
        await using var database = await PlanDatabase.CreateAsync(planCase.Source + """INSERT INTO "People" VALUES (1, 'Ann');""");
        foreach (var migration in planCase.Plan().Migrations.TakeWhile(each => each.Kind != PhaseKind.Contract))
        {
            await database.RunAsync(migration.Up);
            await database.RunAsync("""INSERT INTO "People" ("Id", "Name") SELECT max("Id") + 1, 'Bob' FROM "People";""");
        }
        (await database.TextAsync("""SELECT DISTINCT "Name", "Nick", "Handle" FROM "People" ORDER BY 1""")).ShouldBe("Ann | NULL | ann\nBob | NULL | bob");
    }

    [Fact]
    public void A_value_is_not_made_of_a_computed_column_which_a_trigger_cannot_see()
    {
        var planCase = Case(
            """ "Name" text NOT NULL, "Upper" text GENERATED ALWAYS AS (upper("Name")) STORED """,
            """ "Name" text NOT NULL, "Upper" text GENERATED ALWAYS AS (upper("Name")) STORED, "Segment" text NOT NULL """) with
        {
            Decisions = new([], [], [(People, "Segment", "\"Upper\"")]),
        };
        Should.Throw<SafeMigrateException>(planCase.Plan).Message.ShouldContain("Upper is computed");
    }

    [Theory]
    [InlineData("", "DEFAULT 'new'", "new")]
    [InlineData("DEFAULT 'old'", "DEFAULT 'new'", "old")]
    [InlineData("DEFAULT 'old'", "", "old")]
    public async Task The_new_release_leaves_a_renamed_column_to_its_default(string old, string fresh, string given)
    {
        var planCase = Case($""" "Name" text NOT NULL {old} """, $""" "FullName" text NOT NULL {fresh} """) with { Guessed = [PlanCase.Rename("People", "Name", "FullName")] };
        var plan = planCase.Plan();
        await using var database = await PlanDatabase.CreateAsync(planCase.Source);
        foreach (var migration in plan.Migrations.TakeWhile(each => each.Kind != PhaseKind.Contract))
        {
            await database.RunAsync(migration.Up);
            await database.RunAsync("""INSERT INTO "People" ("Id") SELECT 1 + count(*) FROM "People";""");
        }
        (await database.TextAsync("""SELECT DISTINCT "Name", "FullName" FROM "People" ORDER BY 1""")).ShouldBe($"{given} | {given}");
        plan.Notes.Any(note => note.Contains("'old'", StringComparison.Ordinal)).ShouldBe(old.Length > 0 && fresh.Length > 0);
    }

    [Fact]
    public async Task The_schema_of_each_role_is_searched_first()
    {
        var planCase = Case(""" "Name" text NOT NULL """, """ "FullName" text NOT NULL """) with { Guessed = [PlanCase.Rename("People", "Name", "FullName")] };
        await using var database = await PlanDatabase.CreateAsync();
        var role = $"app_{Guid.NewGuid():N}";
        await database.RunAsync($"""CREATE SCHEMA postgres; {planCase.Source} CREATE ROLE {role}; GRANT USAGE ON SCHEMA postgres TO {role}; GRANT ALL ON "People" TO {role};""");
        foreach (var migration in planCase.Plan().Migrations.TakeWhile(each => each.Kind != PhaseKind.Contract))
        {
            await database.RunAsync(migration.Up);
        }
        await database.RunAsync($"""SET ROLE {role}; INSERT INTO postgres."People" ("Id", "Name") VALUES (1, 'ann'); RESET ROLE;""");
        (await database.TextAsync("""SELECT "Name", "FullName" FROM "People" """)).ShouldBe("ann | ann");
        await database.RunAsync($"DROP OWNED BY {role}; DROP ROLE {role};");
    }

    private static PlanCase Case(string before, string after) => new("", Table(before), Table(after));

    private static string Table(string columns) => $"""CREATE TABLE "People" ("Id" integer NOT NULL, {columns}, CONSTRAINT "PK_People" PRIMARY KEY ("Id"));""";
}
