using System.Globalization;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Plans;
using EfSafeMigrate.Tests.Plans;
using Npgsql;

namespace EfSafeMigrate.EngineTests.Plans;

/// <summary>A column gets another type under its name while a release writes it: every write is let through and carried over, and nothing writes back.</summary>
public class TypesChangeUnderTraffic
{
    private const int Rows = 200;
    private const int Writes = 20_000;

    private static readonly Dictionary<string, string[]> Values = new()
    {
        ["a type widens"] = ["0", "-7", "2147483647", "-2147483648", "12"],
        ["an optional type widens"] = ["NULL", "0", "32767", "-32768"],
        ["a type narrows"] = ["0", "2147483647", "2147483648", "-9000000000000000000", "12"],
        ["an optional text narrows"] = ["NULL", "''", "'abcdef'", "'abcdefg'", "'abc          '", "'äöüßxyz'"],
        ["a decimal gets more digits behind the point and fewer before"] = ["0", "1.25", "999999.99", "1000000", "-99999999.99", "'NaN'"],
    };

    public static TheoryData<string> Cases => [.. Values.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Every_write_is_carried_over_and_the_column_keeps_its_bytes(string name)
    {
        var (plan, database) = await ExpandedAsync(name);
        await using var _ = database;
        const string Untouched = """SELECT md5(string_agg("Id" || ':' || COALESCE("Code"::text, 'NULL'), ',' ORDER BY "Id")) FROM "Orders" WHERE "Id" > 1000""";
        var digest = await database.TextAsync(Untouched);
        var random = new Random(20261122);
        var journal = new Dictionary<int, string>();
        var writing = Task.Run(async () =>
        {
            foreach (var chunk in Enumerable.Range(0, Writes).Chunk(400))
            {
                await database.RunAsync(string.Join('\n', chunk.Select(_ => Write(Values[name], random, journal))));
            }
        });
        foreach (var migration in plan.Migrations.Where(migration => migration.Kind is PhaseKind.Backfill or PhaseKind.Constrain))
        {
            await database.RunAsync(migration.Up);
        }
        await writing;
        var filled = plan.Migrations[^1].Gates.Single().Filled.Single();
        (await database.TextAsync($"""SELECT count(*) FROM "Orders" WHERE {PlanCase.Engine.Phases!.Unfilled(filled)}""")).ShouldBe("0");
        (await database.TextAsync($"""SELECT count(*) > 100 FROM "Orders" WHERE "{filled.Column}" IS NOT NULL AND "Id" <= 1000""")).ShouldBe("True");
        (await database.TextAsync(Untouched)).ShouldBe(digest);
        var expected = string.Join(" UNION ALL ", journal.Select(row => string.Create(CultureInfo.InvariantCulture, $"SELECT {row.Key}, ({row.Value})::text")));
        (await database.TextAsync($"""
            SELECT id, value, "Code" FROM ({expected}) AS expected (id, value) LEFT JOIN "Orders" ON "Id" = id
            WHERE "Id" IS NULL OR "Code" IS DISTINCT FROM value::{plan.Source.Tables[1].Column("Code")!.Type}
            """)).ShouldBe("");
        await database.RunAsync("""CREATE TABLE was AS SELECT "Id", xmin::text AS version FROM "Orders" """);
        await database.RunAsync(plan.Migrations.First(migration => migration.Kind == PhaseKind.Backfill).Up);
        (await database.TextAsync("""SELECT count(*) FROM "Orders" JOIN was USING ("Id") WHERE "Orders".xmin::text <> version""")).ShouldBe("0", "nothing is left to fill");
    }

    [Theory]
    [InlineData("a type narrows", "2147483648")]
    [InlineData("an optional text narrows", "'abcdefg'")]
    [InlineData("a decimal gets more digits behind the point and fewer before", "1000000")]
    public async Task A_value_that_does_not_fit_passes_until_contract_and_stops_that(string name, string value)
    {
        var (plan, database) = await ExpandedAsync(name);
        await using var _ = database;
        foreach (var migration in plan.Migrations.Where(migration => migration.Kind is PhaseKind.Backfill or PhaseKind.Constrain))
        {
            await database.RunAsync(migration.Up);
        }
        await database.RunAsync($"""UPDATE "Orders" SET "Code" = {value} WHERE "Id" = 9""");
        var contract = plan.Migrations.Where(migration => migration.Kind == PhaseKind.Contract).ToList();
        contract.Count.ShouldBe(3);
        await database.RunAsync(contract[0].Up);
        (await Should.ThrowAsync<PostgresException>(database.RunAsync(contract[1].Up))).SqlState.ShouldBe("23514");
        // The old release is gone by now.
        (await Should.ThrowAsync<PostgresException>(database.RunAsync($"""UPDATE "Orders" SET "Code" = {value} WHERE "Id" = 10"""))).SqlState.ShouldBe("23514");
        await database.RunAsync("""UPDATE "Orders" SET "Code" = '1' WHERE "Id" = 9""");
        await database.RunAsync(contract[1].Up);
        await database.RunAsync(contract[2].Up);
        (await database.TextAsync("""SELECT "Code"::text LIKE '1%' FROM "Orders" WHERE "Id" = 9""")).ShouldBe("True");
    }

    [Fact]
    public async Task The_way_back_refuses_what_the_old_type_cannot_hold()
    {
        var (plan, database) = await ExpandedAsync("a type widens");
        await using var _ = database;
        foreach (var migration in plan.Migrations.Skip(1))
        {
            await database.RunAsync(migration.Up);
        }
        await database.RunAsync("""UPDATE "Orders" SET "Code" = 2147483648 WHERE "Id" = 9""");
        (await Should.ThrowAsync<PostgresException>(database.RunAsync(plan.Migrations[^1].Down))).SqlState.ShouldBe("22003");
        (await database.TextAsync("""SELECT "Code" FROM "Orders" WHERE "Id" = 9""")).ShouldBe("2147483648");
    }

    /// <summary>With the column expanded and two rows that the backfill has still to fill among each thousand.</summary>
    private static async Task<(Plan Plan, PlanDatabase Database)> ExpandedAsync(string name)
    {
        var planCase = await PlanDatabase.OfServerAsync(PlanCases.Named(name));
        var plan = planCase.Plan();
        var database = await PlanDatabase.CreateAsync(planCase.Source + planCase.Rows);
        await database.RunAsync(plan.Migrations[0].Up);
        return (plan, database);
    }

    private static string Write(string[] values, Random random, Dictionary<int, string> journal)
    {
        var (id, value) = (random.Next(Rows) + 1, values[random.Next(values.Length)]);
        switch (random.Next(6))
        {
            case 0:
                foreach (var each in Enumerable.Range(id, 10).Where(each => each <= Rows))
                {
                    journal[each] = value;
                }
                return $"""UPDATE "Orders" SET "Code" = {value} WHERE "Id" BETWEEN {id} AND {Math.Min(id + 9, Rows)};""";
            case 1:
                return $"""UPDATE "Orders" SET "Total" = "Total" + 1 WHERE "Id" = {id};""";
            case 2:
                journal[id] = value;
                return $"""DELETE FROM "Orders" WHERE "Id" = {id}; INSERT INTO "Orders" ("Id", "Code", "Total") VALUES ({id}, {value}, 1);""";
            case 3:
                journal[id] = value;
                return $"""INSERT INTO "Orders" ("Id", "Code", "Total") VALUES ({id}, {value}, 1) ON CONFLICT ("Id") DO UPDATE SET "Code" = EXCLUDED."Code";""";
            default:
                journal[id] = value;
                return $"""UPDATE "Orders" SET "Code" = {value} WHERE "Id" = {id};""";
        }
    }
}
