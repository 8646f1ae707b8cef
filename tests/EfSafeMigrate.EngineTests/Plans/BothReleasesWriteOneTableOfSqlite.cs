using EfSafeMigrate.Plans;
using EfSafeMigrate.Tests.Plans;

namespace EfSafeMigrate.EngineTests.Plans;

/// <summary>Statements of the running release and of the new one, each with the columns it knows, from expand to contract.</summary>
public class BothReleasesWriteOneTableOfSqlite
{
    private const string Names = """SELECT "Id", "Name", "FullName" FROM "Customers" ORDER BY 1""";

    [Theory]
    [InlineData("rename a required column")]
    [InlineData("rename a column with index, check and default")]
    public async Task Either_release_sees_what_the_other_writes(string name)
    {
        await using var database = await UntilAsync(name, PhaseKind.Expand, """INSERT INTO "Customers" ("Id", "Name") VALUES (1, 'was there');""");
        await database.RunAsync("""
            INSERT INTO "Customers" ("Id", "Name") VALUES (2, 'old'), (3, '');
            INSERT INTO "Customers" ("Id", "FullName") VALUES (4, 'new'), (5, '');
            INSERT INTO "Customers" ("Id", "Name", "FullName") VALUES (6, 'one', 'other');
            """);
        (await database.TextAsync(Names)).ShouldBe("1 | was there | NULL\n2 | old | old\n3 |  | \n4 | new | new\n5 |  | \n6 | other | other");
        await database.RunAsync("""
            UPDATE "Customers" SET "Name" = 'OLD' WHERE "Id" = 2;
            UPDATE "Customers" SET "FullName" = 'NEW' WHERE "Id" = 4;
            UPDATE "Customers" SET "FullName" = upper("FullName") || 'Ä' WHERE "Id" IN (3, 6);
            UPDATE "Customers" SET "Nick" = 'n';
            UPDATE "Customers" SET "Name" = "Name";
            UPDATE "Customers" SET "Id" = 7 WHERE "Id" = 6;
            """);
        (await database.TextAsync(Names)).ShouldBe("1 | was there | was there\n2 | OLD | OLD\n3 | Ä | Ä\n4 | NEW | NEW\n5 |  | \n7 | OTHERÄ | OTHERÄ");
    }

    /// <summary>An application may have turned them on.</summary>
    [Fact]
    public async Task Triggers_that_fire_themselves_come_to_an_end()
    {
        await using var database = await UntilAsync("fill a column from one that is renamed", PhaseKind.Expand, "");
        await database.RunAsync("""
            PRAGMA recursive_triggers = 1;
            INSERT INTO "Customers" ("Id", "Name") VALUES (1, 'Old');
            INSERT INTO "Customers" ("Id", "FullName", "Slug") VALUES (2, 'New', 'own');
            UPDATE "Customers" SET "Name" = 'Older' WHERE "Id" = 1;
            """);
        (await database.TextAsync("""SELECT "Name", "FullName", "Slug" FROM "Customers" ORDER BY "Id" """)).ShouldBe("Older | Older | old\nNew | New | own");
    }

    [Fact]
    public async Task EF_learns_the_key_of_a_row_and_how_many_it_wrote()
    {
        await using var database = await UntilAsync("rename a required column", PhaseKind.Expand, "");
        (await database.TextAsync("""INSERT INTO "Customers" ("FullName") VALUES ('a') RETURNING "Id";""")).ShouldBe("1");
        (await database.TextAsync("""UPDATE "Customers" SET "FullName" = 'b' WHERE "Id" = 1 RETURNING 1;""")).ShouldBe("1");
        (await database.TextAsync("""UPDATE "Customers" SET "Name" = 'c' WHERE "Id" = 1; SELECT changes();""")).ShouldBe("1");
        (await database.TextAsync(Names)).ShouldBe("1 | c | c");
    }

    [Fact]
    public async Task Writes_of_the_running_release_are_counted_and_no_others()
    {
        await using var database = await UntilAsync("rename a required column", PhaseKind.Expand, "");
        var counter = await database.TextAsync("SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE '%writes%'");
        await database.RunAsync("""INSERT INTO "Customers" ("Id", "FullName") VALUES (1, 'a'); UPDATE "Customers" SET "FullName" = 'b'; UPDATE "Customers" SET "Nick" = 'n';""");
        (await database.TextAsync($"SELECT * FROM \"{counter}\"")).ShouldBe("0");
        await database.RunAsync("""INSERT INTO "Customers" ("Id", "Name") VALUES (2, 'a'); UPDATE "Customers" SET "Name" = 'c';""");
        (await database.TextAsync($"SELECT * FROM \"{counter}\"")).ShouldBe("3");
    }

    [Fact]
    public async Task A_row_whose_customer_goes_is_the_same_for_both()
    {
        await using var database = await UntilAsync("rename a foreign key column", PhaseKind.Expand, """
            INSERT INTO "Customers" ("Id", "Name") VALUES (1, 'a'), (2, 'b'); INSERT INTO "Orders" VALUES (1, 1, 1), (2, 1, 2);
            """);
        await database.RunAsync("""PRAGMA foreign_keys = 1; INSERT INTO "Orders" ("Id", "Line", "BuyerId") VALUES (3, 1, 1); DELETE FROM "Customers" WHERE "Id" = 1;""");
        (await database.TextAsync("""SELECT "Id" FROM "Orders" ORDER BY 1""")).ShouldBe("2");
        await Should.ThrowAsync<Exception>(database.RunAsync("""PRAGMA foreign_keys = 1; INSERT INTO "Orders" ("Id", "Line", "BuyerId") VALUES (4, 1, 9);"""));
    }

    [Fact]
    public async Task A_split_name_follows_whichever_side_is_written()
    {
        await using var database = await UntilAsync("split a column", PhaseKind.Expand, """INSERT INTO "Customers" ("Id", "Name") VALUES (1, 'Ann Lee'), (2, 'Bob Ray');""");
        await database.RunAsync("""
            UPDATE "Customers" SET "LastName" = 'Low' WHERE "Id" = 1;
            UPDATE "Customers" SET "Name" = 'Rob Ray' WHERE "Id" = 2;
            INSERT INTO "Customers" ("Id", "Name") VALUES (3, 'solo');
            INSERT INTO "Customers" ("Id", "FirstName", "LastName") VALUES (4, 'Mary Ann', 'Lee');
            UPDATE "Customers" SET "Nick" = 'n' WHERE "Id" = 4;
            """);
        (await database.TextAsync("""SELECT "Name", "FirstName", "LastName" FROM "Customers" ORDER BY "Id" """))
            .ShouldBe("Ann Low | Ann | Low\nRob Ray | Rob | Ray\nsolo | solo | NULL\nMary Ann Lee | Mary Ann | Lee");
    }

    [Fact]
    public async Task A_column_of_another_type_under_another_name_holds_the_same()
    {
        await using var database = await UntilAsync("rename a column to another type", PhaseKind.Expand, "");
        await database.RunAsync("""
            INSERT INTO "Customers" ("Id", "Name", "Code") VALUES (1, 'a', 7), (2, 'b', NULL);
            INSERT INTO "Customers" ("Id", "Name", "Sign") VALUES (3, 'c', '#12');
            UPDATE "Customers" SET "Code" = 8 WHERE "Id" = 1;
            UPDATE "Customers" SET "Sign" = '#9' WHERE "Id" = 2;
            """);
        (await database.TextAsync("""SELECT "Code", typeof("Code"), "Sign", typeof("Sign") FROM "Customers" ORDER BY "Id" """)).ShouldBe("8 | integer | #8 | text\n9 | integer | #9 | text\n12 | integer | #12 | text");
    }

    [Fact]
    public async Task The_running_release_leaves_out_what_is_required_later()
    {
        await using var database = await UntilAsync("add a required column", PhaseKind.Expand, "");
        await database.RunAsync("""INSERT INTO "Customers" ("Id", "Name") VALUES (1, 'A'); INSERT INTO "Customers" ("Id", "Name", "Slug") VALUES (2, 'B', 'own');""");
        (await database.TextAsync("""SELECT "Slug" FROM "Customers" ORDER BY 1""")).ShouldBe("a\nown");
    }

    [Fact]
    public async Task The_new_release_leaves_out_what_is_dropped()
    {
        await using var database = await UntilAsync("drop a required column", PhaseKind.Constrain, "");
        await database.RunAsync("""INSERT INTO "Customers" ("Id", "Name") VALUES (1, 'A'); INSERT INTO "Customers" ("Id", "Name", "Age") VALUES (2, 'B', 44);""");
        (await database.TextAsync("""SELECT "Age" FROM "Customers" ORDER BY "Id" """)).ShouldBe("0\n44");
        (await database.TextAsync($"SELECT * FROM \"{await database.TextAsync("SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE '%writes%'")}\"")).ShouldBe("1");
    }

    /// <summary>Up to the end of a phase.</summary>
    private static async Task<SqlitePlans> UntilAsync(string name, PhaseKind last, string rows)
    {
        var planCase = SqlitePlanCases.Named(name);
        var models = SqlitePlans.Models(planCase);
        var database = await SqlitePlans.CreateAsync(planCase.Before, rows);
        foreach (var (migration, at) in planCase.Plan().Migrations.Select((migration, at) => (migration, at)).Where(each => each.migration.Kind <= last))
        {
            await database.RunAsync(migration.Up, models[at + 1]);
        }
        return database;
    }
}
