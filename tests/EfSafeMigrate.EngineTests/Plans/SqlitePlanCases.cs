using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines.Sqlite;
using EfSafeMigrate.Plans;
using EfSafeMigrate.Tests.Plans;
using static EfSafeMigrate.Tests.Plans.PlanCase;

namespace EfSafeMigrate.EngineTests.Plans;

/// <summary>Every pattern that SQLite has, with what EF itself proposes for it.</summary>
internal static class SqlitePlanCases
{
    private const string Customers = """CREATE TABLE "Customers" ("Id" INTEGER NOT NULL CONSTRAINT "PK_Customers" PRIMARY KEY AUTOINCREMENT, "Name" TEXT NOT NULL, "Nick" TEXT NULL);""";

    private const string Orders = """CREATE TABLE "Orders" ("Id" INTEGER NOT NULL, "Line" INTEGER NOT NULL, {0} CONSTRAINT "PK_Orders" PRIMARY KEY ("Id", "Line"){1});""";

    private const string Numbers = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 1500) ";

    private const string Rows = $"""{Numbers} INSERT INTO "Customers" ("Id", "Name", "Nick") SELECT x, CASE x % 5 WHEN 0 THEN '' ELSE 'name ' || x END, CASE WHEN x % 3 > 0 THEN 'nick ' || x END FROM n;""";

    private const string OrderRows = Rows + $"""{Numbers} INSERT INTO "Orders" ("Id", "Line", "CustomerId") SELECT x, 1, x FROM n UNION ALL SELECT x, 2, 1 FROM n;""";

    private static readonly (string, string) SameNames = ("""SELECT "Id", "Name", "Nick" FROM "Customers" ORDER BY 1""", """SELECT "Id", "FullName", "Nick" FROM "Customers" ORDER BY 1""");

    private static readonly (string, string) SameOrders = ("""SELECT "Id", "Line", "CustomerId" FROM "Orders" ORDER BY 1, 2""", """SELECT "Id", "Line", "BuyerId" FROM "Orders" ORDER BY 1, 2""");

    public static IReadOnlyList<PlanCase> All { get; } = [.. Cases().Select(Of)];

    public static PlanCase Named(string name) => All.Single(each => each.Name == name);

    public static PlanCase Of(PlanCase planCase) => planCase with
    {
        On = SqliteEngine.Value, Version = SqliteEngine.Value.Assumed, Proposed = SqliteEf.Diff,
        Decisions = (planCase.Decisions == Decisions.None ? new(planCase.Guessed, [], []) : planCase.Decisions) with { Phased = true },
    };

    private static IEnumerable<PlanCase> Cases() =>
    [
        new("rename a required column", Customers, Renamed()) { Guessed = [Rename("Customers", "Name", "FullName")], Rows = Rows, Kept = SameNames },
        new("rename an optional column", Customers, Customers.Replace("\"Nick\"", "\"Handle\"", StringComparison.Ordinal))
        {
            Guessed = [Rename("Customers", "Nick", "Handle")], Rows = Rows, Kept = ("""SELECT "Id", "Nick" FROM "Customers" ORDER BY 1""", """SELECT "Id", "Handle" FROM "Customers" ORDER BY 1"""),
        },
        new("rename a column with index, check and default",
            Customers.Replace("\"Name\" TEXT NOT NULL, \"Nick\" TEXT NULL", "\"Name\" TEXT NOT NULL DEFAULT 'nobody', \"Nick\" TEXT NULL, CONSTRAINT \"CK_Name\" CHECK (\"Name\" <> 'x')", StringComparison.Ordinal)
                + """CREATE INDEX "IX_Customers_Name" ON "Customers" ("Name"); CREATE INDEX "IX_Both" ON "Customers" ("Nick", "Name");""",
            Customers.Replace("\"Name\" TEXT NOT NULL, \"Nick\" TEXT NULL", "\"FullName\" TEXT NOT NULL DEFAULT 'nobody', \"Nick\" TEXT NULL, CONSTRAINT \"CK_Name\" CHECK (\"FullName\" <> 'x')", StringComparison.Ordinal)
                + """CREATE INDEX "IX_Customers_FullName" ON "Customers" ("FullName"); CREATE INDEX "IX_Both" ON "Customers" ("Nick", "FullName");""")
        {
            Guessed = [Rename("Customers", "Name", "FullName")], Rows = Rows, Kept = SameNames,
        },
        new("rename a unique column",
            Customers + """CREATE UNIQUE INDEX "IX_Customers_Nick" ON "Customers" ("Nick");""",
            Customers.Replace("\"Nick\"", "\"Handle\"", StringComparison.Ordinal) + """CREATE UNIQUE INDEX "IX_Customers_Handle" ON "Customers" ("Handle");""")
        {
            Guessed = [Rename("Customers", "Nick", "Handle")], Rows = Rows,
        },
        new("rename a foreign key column",
            Customers + Order("\"CustomerId\" INTEGER NOT NULL,", """, CONSTRAINT "FK_Orders_Customers_CustomerId" FOREIGN KEY ("CustomerId") REFERENCES "Customers" ("Id") ON DELETE CASCADE""") + """CREATE INDEX "IX_Orders_CustomerId" ON "Orders" ("CustomerId");""",
            Customers + Order("\"BuyerId\" INTEGER NOT NULL,", """, CONSTRAINT "FK_Orders_Customers_BuyerId" FOREIGN KEY ("BuyerId") REFERENCES "Customers" ("Id") ON DELETE CASCADE""") + """CREATE INDEX "IX_Orders_BuyerId" ON "Orders" ("BuyerId");""")
        {
            Guessed = [Rename("Orders", "CustomerId", "BuyerId")], Rows = OrderRows, Kept = SameOrders,
        },
        new("rename a column that becomes required", Customers, Customers.Replace("\"Nick\" TEXT NULL", "\"Handle\" TEXT NOT NULL", StringComparison.Ordinal))
        {
            Decisions = new([Rename("Customers", "Nick", "Handle")], [], [(new(null, "Customers"), "Handle", "'none of ' || \"Name\"")]), Rows = Rows,
        },
        new("rename a column to another type",
            Customers.Replace("\"Nick\" TEXT NULL", "\"Code\" INTEGER NULL", StringComparison.Ordinal), Customers.Replace("\"Nick\" TEXT NULL", "\"Sign\" TEXT NULL", StringComparison.Ordinal))
        {
            Decisions = new([Rename("Customers", "Code", "Sign")], [], []) { Usings = [(new(null, "Customers"), "Sign", "'#' || \"Code\""), (new(null, "Customers"), "Code", "CAST(substr(\"Sign\", 2) AS INTEGER)")] },
            Rows = """INSERT INTO "Customers" ("Id", "Name", "Code") VALUES (1, 'a', 7), (2, 'b', NULL), (3, 'c', 0);""",
            Kept = ("""SELECT "Id", '#' || "Code" FROM "Customers" ORDER BY 1""", """SELECT "Id", "Sign" FROM "Customers" ORDER BY 1"""),
        },
        new("add a required column", Customers, Added("\"Slug\" TEXT NOT NULL"))
        {
            Decisions = new([], [], [(new(null, "Customers"), "Slug", "lower(\"Name\" || COALESCE(\"Nick\", ''))")]), Rows = Rows,
        },
        new("add a required column with a default", Customers, Added("\"Level\" INTEGER NOT NULL DEFAULT 3"))
        {
            Decisions = new([], [], [(new(null, "Customers"), "Level", "length(\"Name\")")]), Rows = Rows,
        },
        new("add a unique index to a filled column", Customers, Added("\"Slug\" TEXT NOT NULL") + """CREATE UNIQUE INDEX "IX_Customers_Slug" ON "Customers" ("Slug");""")
        {
            Decisions = new([], [], [(new(null, "Customers"), "Slug", "\"Name\" || \"Id\"")]), Rows = Rows,
        },
        new("fill a column from one that is renamed", Customers, Renamed(Added("\"Slug\" TEXT NOT NULL")))
        {
            Decisions = new([Rename("Customers", "Name", "FullName")], [], [(new(null, "Customers"), "Slug", "lower(\"FullName\")")]), Rows = Rows, Kept = SameNames,
        },
        new("make a column required", Customers, Customers.Replace("\"Nick\" TEXT NULL", "\"Nick\" TEXT NOT NULL", StringComparison.Ordinal))
        {
            Decisions = new([], [], [(new(null, "Customers"), "Nick", "'n' || \"Id\"")]), Rows = Rows,
        },
        new("drop a required column", Customers.Replace("\"Nick\" TEXT NULL", "\"Age\" INTEGER NOT NULL", StringComparison.Ordinal), Customers.Replace(", \"Nick\" TEXT NULL", "", StringComparison.Ordinal))
        {
            Decisions = new([], [(new(null, "Customers"), "Age")], []), Rows = """INSERT INTO "Customers" VALUES (1, 'a', 4);""",
        },
        new("drop an optional column", Customers, Customers.Replace(", \"Nick\" TEXT NULL", "", StringComparison.Ordinal)) { Rows = Rows },
        new("drop a table that references another", Customers + Order("\"CustomerId\" INTEGER NOT NULL,", """, CONSTRAINT "FK_Orders" FOREIGN KEY ("CustomerId") REFERENCES "Customers" ("Id") ON DELETE CASCADE"""), Customers) { Rows = OrderRows },
        new("split a column", Customers, Customers.Replace("\"Name\" TEXT NOT NULL", "\"FirstName\" TEXT NOT NULL, \"LastName\" TEXT NULL", StringComparison.Ordinal))
        {
            Decisions = Decisions.None with
            {
                Usings =
                [
                    (new(null, "Customers"), "FirstName", "CASE WHEN instr(\"Name\", ' ') > 0 THEN substr(\"Name\", 1, instr(\"Name\", ' ') - 1) ELSE \"Name\" END"),
                    (new(null, "Customers"), "LastName", "CASE WHEN instr(\"Name\", ' ') > 0 THEN substr(\"Name\", instr(\"Name\", ' ') + 1) END"),
                    (new(null, "Customers"), "Name", "\"FirstName\" || COALESCE(' ' || \"LastName\", '')"),
                ],
            },
            Rows = Rows, Kept = ("""SELECT "Id", "Name" FROM "Customers" ORDER BY 1""", """SELECT "Id", "FirstName" || COALESCE(' ' || "LastName", '') FROM "Customers" ORDER BY 1"""),
        },
        new("two tables at once", Customers + Order("\"CustomerId\" INTEGER NOT NULL,", ""), Renamed() + Order("\"BuyerId\" INTEGER NOT NULL,", ""))
        {
            Decisions = new([Rename("Customers", "Name", "FullName"), Rename("Orders", "CustomerId", "BuyerId")], [], []), Rows = OrderRows, Kept = SameNames,
        },
        new("odd names", """"CREATE TABLE "It's a ""table""" ("Id" INTEGER NOT NULL CONSTRAINT "PK" PRIMARY KEY AUTOINCREMENT, "Old ""one""" TEXT NOT NULL);"""", """"CREATE TABLE "It's a ""table""" ("Id" INTEGER NOT NULL CONSTRAINT "PK" PRIMARY KEY AUTOINCREMENT, "new `one` 'x'" TEXT NOT NULL);"""")
        {
            Guessed = [Rename("It's a \"table\"", "Old \"one\"", "new `one` 'x'")], Rows = """"INSERT INTO "It's a ""table""" VALUES (1, 'a'), (2, '');"""",
            Kept = (""""SELECT * FROM "It's a ""table""" ORDER BY 1"""", """"SELECT * FROM "It's a ""table""" ORDER BY 1""""),
        },
    ];

    private static string Renamed(string schema = Customers) => schema.Replace("\"Name\"", "\"FullName\"", StringComparison.Ordinal);

    private static string Added(string column) => Customers.Replace("\"Nick\" TEXT NULL", $"\"Nick\" TEXT NULL, {column}", StringComparison.Ordinal);

    private static string Order(string column, string key) => Orders.Replace("{0}", column, StringComparison.Ordinal).Replace("{1}", key, StringComparison.Ordinal);
}
