using Npgsql;

namespace EfSafeMigrate.EngineTests.Plans;

/// <summary>While a column is moved, rows are linked anew, deleted and inserted again: what becomes of the value in both places.</summary>
public class LinkedRowsChange
{
    private const string Made = "move columns to a table that is made for them";
    private const string ToCards = "move a required column to a table that refers to its own";
    private const string FromCards = "move a required column to the table that its own refers to";

    [Theory]
    // A row that the new release deletes takes the value with it, and one that it inserts brings its own.
    [InlineData(Made, """DELETE FROM "Profiles" WHERE "CustomerId" = 1""", "1 |  | NULL | NULL | NULL")]
    [InlineData(Made, """DELETE FROM "Profiles" WHERE "CustomerId" = 1; INSERT INTO "Profiles" ("CustomerId", "Email", "Phone") VALUES (1, 'again', '7')""", "1 | again | 7 | again | 7")]
    [InlineData(Made, """DELETE FROM "Profiles" WHERE "CustomerId" = 1; UPDATE "Customers" SET "Email" = 'back' WHERE "Id" = 1""", "1 | back | NULL | back | NULL")]
    [InlineData(Made, """DELETE FROM "Profiles" WHERE "CustomerId" = 1; UPDATE "Customers" SET "Email" = "Email" WHERE "Id" = 1""", "1 |  | NULL | NULL | NULL")]
    [InlineData(Made, """DELETE FROM "Profiles" WHERE "CustomerId" = 1; UPDATE "Customers" SET "Phone" = '8' WHERE "Id" = 1""", "1 |  | 8 |  | 8")]
    // The value goes along with a row that is linked anew.
    [InlineData(Made, """INSERT INTO "Customers" ("Id") VALUES (3001); UPDATE "Profiles" SET "CustomerId" = 3001 WHERE "CustomerId" = 1""", "1 |  | NULL | NULL | NULL\n3001 | mail 1 | call 1 | mail 1 | call 1")]
    [InlineData(Made, """INSERT INTO "Customers" ("Id") VALUES (3001); UPDATE "Profiles" SET "CustomerId" = 3001, "Email" = 'other' WHERE "CustomerId" = 1""", "1 |  | NULL | NULL | NULL\n3001 | other | call 1 | other | call 1")]
    [InlineData(Made, """DELETE FROM "Customers" WHERE "Id" = 1; INSERT INTO "Customers" ("Id", "Email") VALUES (1, 'new')""", "1 | new | NULL | new | NULL")]
    [InlineData(Made, """DELETE FROM "Customers" WHERE "Id" = 1; INSERT INTO "Customers" ("Id") VALUES (1)""", "1 |  | NULL | NULL | NULL")]
    [InlineData(Made, """DELETE FROM "Customers" WHERE "Id" = 1; INSERT INTO "Customers" ("Id", "Email") VALUES (1, '')""", "1 |  | NULL |  | NULL")]
    [InlineData(Made, """DELETE FROM "Customers" WHERE "Id" = 1""", "")]
    public async Task In_a_table_that_was_made_for_it(string name, string writes, string expected)
    {
        var (_, database) = await MovedColumn.SharedAsync(name);
        await using var _ = database;
        await database.RunAsync(writes);
        (await database.TextAsync("""
            SELECT c."Id", c."Email", c."Phone", p."Email", p."Phone" FROM "Customers" c FULL JOIN "Profiles" p ON p."CustomerId" = c."Id"
            WHERE c."Id" IN (1, 3001) OR c."Id" IS NULL ORDER BY 1
            """)).ShouldBe(expected);
    }

    [Theory]
    [InlineData(ToCards, """DELETE FROM "Cards" WHERE "CustomerId" = 1""", "1 | mail 1 | NULL")]
    [InlineData(ToCards, """DELETE FROM "Cards" WHERE "CustomerId" = 1; INSERT INTO "Cards" ("Id", "CustomerId") VALUES (1, 1)""", "1 | mail 1 | mail 1")]
    [InlineData(ToCards, """DELETE FROM "Cards" WHERE "CustomerId" = 1; INSERT INTO "Cards" ("Id", "CustomerId", "Email") VALUES (1, 1, 'again')""", "1 | again | again")]
    [InlineData(ToCards, """DELETE FROM "Cards" WHERE "CustomerId" = 1; UPDATE "Cards" SET "CustomerId" = 1 WHERE "CustomerId" = 2""", "1 | mail 1 | mail 1")]
    [InlineData(ToCards, """DELETE FROM "Cards" WHERE "CustomerId" = 1; UPDATE "Cards" SET "CustomerId" = 1, "Email" = 'both' WHERE "CustomerId" = 2""", "1 | both | both")]
    [InlineData(ToCards, """DELETE FROM "Customers" WHERE "Id" = 1""", "")]
    [InlineData(FromCards, """DELETE FROM "Cards" WHERE "CustomerId" = 1""", "1 | NULL | mail 1")]
    [InlineData(FromCards, """DELETE FROM "Cards" WHERE "CustomerId" = 1; INSERT INTO "Cards" ("Id", "CustomerId") VALUES (1, 1)""", "1 | mail 1 | mail 1")]
    [InlineData(FromCards, """DELETE FROM "Cards" WHERE "CustomerId" = 1; INSERT INTO "Cards" ("Id", "CustomerId", "Email") VALUES (1, 1, 'old')""", "1 | old | old")]
    [InlineData(FromCards, """DELETE FROM "Cards" WHERE "CustomerId" = 1; UPDATE "Cards" SET "CustomerId" = 1 WHERE "CustomerId" = 2""", "1 | mail 1 | mail 1")]
    [InlineData(FromCards, """DELETE FROM "Customers" WHERE "Id" = 1; INSERT INTO "Customers" ("Id") VALUES (1)""", "1 | NULL | none")]
    public async Task In_tables_that_both_releases_know(string name, string writes, string expected)
    {
        var (_, database) = await MovedColumn.SharedAsync(name);
        await using var _ = database;
        await database.RunAsync(writes);
        var (old, fresh) = name == ToCards ? ("c", "k") : ("k", "c");
        (await database.TextAsync($"""
            SELECT c."Id", {old}."Email", {fresh}."Email" FROM "Customers" c FULL JOIN "Cards" k ON k."CustomerId" = c."Id" WHERE c."Id" = 1 OR c."Id" IS NULL
            """)).ShouldBe(expected);
    }

    [Theory]
    [InlineData("""UPDATE "Lines" SET "Currency" = 'CHF' WHERE "OrderId" = 2 AND "Number" = 1""", "2 | CHF | CHF,CHF,CHF")]
    [InlineData("""INSERT INTO "Lines" VALUES (2, 9)""", "2 | EUR | EUR,EUR,EUR,EUR")]
    [InlineData("""INSERT INTO "Lines" VALUES (2, 9, 'CHF')""", "2 | CHF | CHF,CHF,CHF,CHF")]
    [InlineData("""UPDATE "Lines" SET "OrderId" = 2, "Number" = 9 WHERE "OrderId" = 1 AND "Number" = 1""", "2 | EUR | EUR,EUR,EUR,EUR")]
    [InlineData("""UPDATE "Lines" SET "Currency" = CASE "Number" WHEN 1 THEN 'CHF' ELSE 'GBP' END WHERE "OrderId" = 2""", "2 | GBP | GBP,GBP,GBP")]
    [InlineData("""DELETE FROM "Lines" WHERE "OrderId" = 2""", "2 | EUR | NULL")]
    public async Task Among_many_rows_of_one(string writes, string expected)
    {
        var (_, database) = await MovedColumn.SharedAsync("move a column to the many rows that refer to its own");
        await using var _ = database;
        await database.RunAsync(writes);
        (await database.TextAsync("""
            SELECT "Id", o."Currency", (SELECT string_agg(l."Currency", ',') FROM "Lines" l WHERE "OrderId" = "Id") FROM "Orders" o WHERE "Id" = 2
            """)).ShouldBe(expected);
    }

    [Fact]
    public async Task The_running_release_needs_no_rights_to_the_table_it_does_not_know_and_only_its_writes_are_counted()
    {
        var (plan, database) = await MovedColumn.SharedAsync("move an optional column to a table that is made for it alone");
        await using var _ = database;
        var counter = plan.Migrations[^1].Gates.Single().Counter!;
        var before = await CountAsync();
        var role = $"app_{Guid.NewGuid():N}";
        await database.RunAsync($"""
            CREATE ROLE {role}; GRANT SELECT, INSERT, UPDATE, DELETE ON "Customers" TO {role}; SET ROLE {role}; SET search_path = pg_temp;
            INSERT INTO public."Customers" ("Id", "Phone") VALUES (3001, 'x'); UPDATE public."Customers" SET "Phone" = 'y' WHERE "Id" = 3001; UPDATE public."Customers" SET "Phone" = NULL WHERE "Id" = 1;
            RESET search_path; RESET ROLE; DROP OWNED BY {role}; DROP ROLE {role};
            """);
        (await database.TextAsync("""SELECT * FROM "Profiles" WHERE "CustomerId" IN (1, 3001)""")).ShouldBe("3001 | y");
        var counted = await CountAsync();
        (counted - before).ShouldBe(3);
        await database.RunAsync("""
            INSERT INTO "Customers" ("Id") VALUES (3002); INSERT INTO "Profiles" VALUES (3002, 'n'); UPDATE "Profiles" SET "Phone" = 'm' WHERE "CustomerId" = 3002;
            UPDATE "Customers" SET "Email" = 'e'; DELETE FROM "Profiles" WHERE "CustomerId" = 3002;
            """);
        (await CountAsync()).ShouldBe(counted);

        async Task<long> CountAsync() => long.Parse(await database.TextAsync($"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM \"{counter.Name}\""), System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task Values_without_a_place_are_listed_before_anything_is_written()
    {
        var planCase = EfSafeMigrate.Tests.Plans.PlanCases.Named(ToCards);
        var plan = planCase.Plan();
        await using var database = await PlanDatabase.CreateAsync(planCase.Source + planCase.Rows + """DELETE FROM "Cards" WHERE "CustomerId" % 100 = 0 OR "CustomerId" = 7;""");
        var schema = await database.SchemaAsync();
        var refused = await Should.ThrowAsync<PostgresException>(database.RunAsync(plan.Migrations[0].Up));
        refused.MessageText.ShouldBe("26 row(s) of Customers have a value in Email and no row in Cards to take it: 7, 100, 200, 300, 400, 500, 600, 700, 800, 900, 1000, 1100, 1200, 1300, 1400, 1500, 1600, 1700, 1800, 1900 …");
        refused.Hint.ShouldBe("give them a row in Cards, or empty Email");
        (await database.SchemaAsync()).ShouldBe(schema);
        await database.RunAsync("""DELETE FROM "Customers" WHERE NOT EXISTS (SELECT FROM "Cards" WHERE "CustomerId" = "Customers"."Id")""");
        foreach (var migration in plan.Migrations.SkipLast(1))
        {
            await database.RunAsync(migration.Up);
        }
        await database.RunAsync("""INSERT INTO "Customers" ("Id", "Email") VALUES (9001, 'late')""");
        (await Should.ThrowAsync<PostgresException>(database.RunAsync(plan.Migrations[^1].Up))).MessageText.ShouldBe("1 row(s) of Customers have a value in Email and no row in Cards to take it: 9001");
    }

    [Fact]
    public async Task Rows_of_one_that_differ_are_listed_before_anything_is_written()
    {
        var planCase = EfSafeMigrate.Tests.Plans.PlanCases.Named("move a column from many rows to the one they refer to");
        var plan = planCase.Plan();
        await using var database = await PlanDatabase.CreateAsync(planCase.Source + planCase.Rows + """UPDATE "Lines" SET "Currency" = NULL WHERE "Number" = 1 AND "OrderId" IN (2, 4);""");
        var refused = await Should.ThrowAsync<PostgresException>(database.RunAsync(plan.Migrations[0].Up));
        refused.MessageText.ShouldBe("2 row(s) of Orders have rows in Lines whose Currency differs: 2, 4");
        refused.Hint.ShouldBe("make Currency the same in the rows of each");
    }

    [Fact]
    public async Task A_value_that_stands_for_none_must_not_be_there()
    {
        var planCase = EfSafeMigrate.Tests.Plans.PlanCases.Named(Made);
        await using var database = await PlanDatabase.CreateAsync(planCase.Source + planCase.Rows + """UPDATE "Customers" SET "Email" = '' WHERE "Id" = 5;""");
        var refused = await Should.ThrowAsync<PostgresException>(database.RunAsync(planCase.Plan().Migrations[0].Up));
        refused.MessageText.ShouldBe("1 row(s) of Customers hold what stands for no Email until contract: 5");
        refused.Hint.ShouldBe("""say another value with --fill "Customers.Email=SQL" """.TrimEnd());
    }

    [Fact]
    public async Task Odd_names_and_a_schema_are_quoted()
    {
        static string People(string columns) => $"""CREATE TABLE "My ""Odd"" %s"."Cus'tom $look$ %s" ("I d" integer NOT NULL, {columns}CONSTRAINT "PK" PRIMARY KEY ("I d"));""";
        const string Mails = """
            CREATE TABLE "My ""Odd"" %s"."safe_migrate_other" ("I d" integer NOT NULL, "E-ma""il'" text NOT NULL, CONSTRAINT "PK_2" PRIMARY KEY ("I d"),
                CONSTRAINT "FK %s" FOREIGN KEY ("I d") REFERENCES "My ""Odd"" %s"."Cus'tom $look$ %s" ("I d") ON DELETE CASCADE);
            """;
        var planCase = new EfSafeMigrate.Tests.Plans.PlanCase("", People(""" "E-ma""il'" text NOT NULL, """), People("") + Mails)
        {
            Decisions = EfSafeMigrate.Plans.Decisions.None with
            {
                Moves = [new(new("My \"Odd\" %s", "Cus'tom $look$ %s"), "E-ma\"il'", new("My \"Odd\" %s", "safe_migrate_other"), "E-ma\"il'")],
            },
        };
        var plan = planCase.Plan();
        await using var database = await PlanDatabase.CreateAsync("""CREATE SCHEMA "My ""Odd"" %s";""" + planCase.Source + """INSERT INTO "My ""Odd"" %s"."Cus'tom $look$ %s" SELECT g, 'm' || g FROM generate_series(1, 30) g;""");
        foreach (var migration in plan.Migrations.SkipLast(1))
        {
            await database.RunAsync(migration.Up);
        }
        await database.RunAsync("""
            UPDATE "My ""Odd"" %s"."Cus'tom $look$ %s" SET "E-ma""il'" = 'old' WHERE "I d" = 1; UPDATE "My ""Odd"" %s".safe_migrate_other SET "E-ma""il'" = 'new' WHERE "I d" = 2;
            INSERT INTO "My ""Odd"" %s"."Cus'tom $look$ %s" VALUES (99);
            """);
        await database.RunAsync(plan.Migrations[^1].Up);
        await database.RunAsync(plan.Migrations[^1].Down);
        (await database.TextAsync("""SELECT c."I d", c."E-ma""il'", o."E-ma""il'" FROM "My ""Odd"" %s"."Cus'tom $look$ %s" c LEFT JOIN "My ""Odd"" %s".safe_migrate_other o USING ("I d") WHERE c."I d" IN (1, 2, 3, 99) ORDER BY 1""")).ShouldBe("1 | old | old\n2 | new | new\n3 | m3 | m3\n99 |  | NULL");
        foreach (var migration in plan.Migrations.Reverse().Skip(1))
        {
            await database.RunAsync(migration.Down);
        }
        await database.RunAsync("""INSERT INTO "My ""Odd"" %s"."Cus'tom $look$ %s" VALUES (100, '')""");
        (await Should.ThrowAsync<PostgresException>(database.RunAsync(plan.Migrations[0].Up))).MessageText.ShouldStartWith("2 row(s) of My \"Odd\" %s.Cus'tom $look$ %s hold what stands for no E-ma\"il' until contract: 99, 100");
    }
}
