using EfSafeMigrate.Plans;
using EfSafeMigrate.Tests.Plans;

namespace EfSafeMigrate.EngineTests.Plans;

/// <summary>A move between two tables, and how each release writes a row of the value: <c>{0}</c> is its key and <c>{1}</c> the value.</summary>
/// <param name="Values">Key and value by each release's tables, to be the same.</param>
internal sealed record MovedColumn(string Name, WritesOfRelease Old, WritesOfRelease New, (string Old, string New) Values, string[] Some)
{
    private const string Delete = """DELETE FROM "Customers" WHERE "Id" = {0}""";

    public static IReadOnlyList<MovedColumn> All { get; } =
    [
        new(
            "move columns to a table that is made for them",
            new("""INSERT INTO "Customers" ("Id", "Email") VALUES ({0}, {1})""", """UPDATE "Customers" SET "Email" = {1} WHERE "Id" = {0}""", Delete),
            new("""INSERT INTO "Customers" ("Id") VALUES ({0}); INSERT INTO "Profiles" ("CustomerId", "Email") VALUES ({0}, {1})""", """UPDATE "Profiles" SET "Email" = {1} WHERE "CustomerId" = {0}""", Delete),
            ("""SELECT "Id", "Email" FROM "Customers" """, """SELECT "CustomerId", "Email" FROM "Profiles" """),
            ["''", "'a'", "'b'", "'it''s'"]),
        new(
            "move an optional column to a table that is made for it alone",
            new("""INSERT INTO "Customers" ("Id", "Phone") VALUES ({0}, {1})""", """UPDATE "Customers" SET "Phone" = {1} WHERE "Id" = {0}""", Delete),
            new(
                """INSERT INTO "Customers" ("Id") VALUES ({0}); INSERT INTO "Profiles" ("CustomerId", "Phone") SELECT {0}, {1} FROM (SELECT 1) AS one WHERE {1} IS NOT NULL""",
                """DELETE FROM "Profiles" WHERE "CustomerId" = {0} AND {1} IS NULL; UPDATE "Profiles" SET "Phone" = {1} WHERE "CustomerId" = {0} AND {1} IS NOT NULL""", Delete) { MissesAbsent = true },
            ("""SELECT "Id", "Phone" FROM "Customers" WHERE "Phone" IS NOT NULL""", """SELECT "CustomerId", "Phone" FROM "Profiles" """),
            ["NULL", "''", "'a'", "'b'"]),
        new(
            "move a required column to a table that refers to its own",
            new("""INSERT INTO "Customers" ("Id", "Email") VALUES ({0}, {1}); INSERT INTO "Cards" ("Id", "CustomerId") VALUES ({0}, {0})""", """UPDATE "Customers" SET "Email" = {1} WHERE "Id" = {0}""", Delete),
            new("""INSERT INTO "Customers" ("Id") VALUES ({0}); INSERT INTO "Cards" ("Id", "CustomerId", "Email") VALUES ({0}, {0}, {1})""", """UPDATE "Cards" SET "Email" = {1} WHERE "CustomerId" = {0}""", Delete),
            ("""SELECT "Id", "Email" FROM "Customers" """, """SELECT "CustomerId", "Email" FROM "Cards" """),
            ["''", "'a'", "'b'", "'A'"]),
        new(
            "move a required column to the table that its own refers to",
            new("""INSERT INTO "Customers" ("Id") VALUES ({0}); INSERT INTO "Cards" ("Id", "CustomerId", "Email") VALUES ({0}, {0}, {1})""", """UPDATE "Cards" SET "Email" = {1} WHERE "CustomerId" = {0}""", Delete),
            new("""INSERT INTO "Customers" ("Id", "Email") VALUES ({0}, {1}); INSERT INTO "Cards" ("Id", "CustomerId") VALUES ({0}, {0})""", """UPDATE "Customers" SET "Email" = {1} WHERE "Id" = {0}""", Delete),
            ("""SELECT "CustomerId", "Email" FROM "Cards" """, """SELECT "Id", "Email" FROM "Customers" WHERE EXISTS (SELECT 1 FROM "Cards" WHERE "CustomerId" = "Customers"."Id")"""),
            ["''", "'a'", "'b'", "'A'"])
        {
            Held = """SELECT "Id", "Email" FROM "Customers" """,
        },
        new(
            "move a column to the many rows that refer to its own",
            new("""INSERT INTO "Orders" VALUES ({0}, {1}); INSERT INTO "Lines" VALUES ({0}, 1), ({0}, 2)""", """UPDATE "Orders" SET "Currency" = {1} WHERE "Id" = {0}""", """DELETE FROM "Orders" WHERE "Id" = {0}"""),
            new("""INSERT INTO "Orders" VALUES ({0}); INSERT INTO "Lines" VALUES ({0}, 1, {1}), ({0}, 2, {1})""", """UPDATE "Lines" SET "Currency" = {1} WHERE "OrderId" = {0} AND "Number" = 1 + {0} % 2""", """DELETE FROM "Orders" WHERE "Id" = {0}"""),
            ("""SELECT "Id", "Currency" FROM "Orders" """, """SELECT DISTINCT "OrderId", "Currency" FROM "Lines" """),
            ["'EUR'", "'USD'", "'CHF'"]),
        new(
            "move a column from many rows to the one they refer to",
            new("""INSERT INTO "Orders" VALUES ({0}); INSERT INTO "Lines" VALUES ({0}, 1, {1}), ({0}, 2, {1})""", """UPDATE "Lines" SET "Currency" = {1} WHERE "OrderId" = {0} AND "Number" = 1 + {0} % 2""", """DELETE FROM "Orders" WHERE "Id" = {0}"""),
            new("""INSERT INTO "Orders" VALUES ({0}, {1}); INSERT INTO "Lines" VALUES ({0}, 1), ({0}, 2)""", """UPDATE "Orders" SET "Money" = {1} WHERE "Id" = {0}""", """DELETE FROM "Orders" WHERE "Id" = {0}"""),
            ("""SELECT DISTINCT "OrderId", "Currency" FROM "Lines" """, """SELECT "Id", "Money" FROM "Orders" """),
            ["NULL", "'EUR'", "'USD'", "'CHF'"]),
    ];

    /// <summary>Key and value by the new release's tables, where it has more rows than the old one.</summary>
    public string? Held { get; init; }

    public static MovedColumn Named(string name) => All.Single(each => each.Name == name);

    /// <summary>The parent's row as an application locks it that takes it first, as a careful one does.</summary>
    public string Lock => Old.Delete.Replace("DELETE FROM", "SELECT 1 FROM", StringComparison.Ordinal) + " FOR UPDATE";

    /// <summary>A database in which both releases write: expanded, filled, and required where it is.</summary>
    public static async Task<(Plan Plan, PlanDatabase Database)> SharedAsync(string name)
    {
        var planCase = await PlanDatabase.OfServerAsync(PlanCases.Named(name));
        var plan = planCase.Plan();
        var database = await PlanDatabase.CreateAsync(planCase.Source + planCase.Rows);
        foreach (var migration in plan.Migrations.Where(migration => migration.Kind != PhaseKind.Contract))
        {
            await database.RunAsync(migration.Up);
        }
        return (plan, database);
    }

    /// <summary>The values that one place has and the other has not.</summary>
    public string Differences => $"({Values.Old} EXCEPT {Values.New}) UNION ALL ({Values.New} EXCEPT {Values.Old})";
}

internal sealed record WritesOfRelease(string Insert, string Update, string Delete)
{
    /// <summary>The release does not know rows without a value, so that its update passes them by.</summary>
    public bool MissesAbsent { get; init; }
}
