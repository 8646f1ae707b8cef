using EfSafeMigrate.Changes;
using EfSafeMigrate.Plans;

namespace EfSafeMigrate.Tests.Plans.Rewrites;

internal static class FilledColumnRewriteCases
{
    private static readonly TableName Orders = new(null, "Orders");

    private const string Customers = """CREATE TABLE "Customers" ("Id" integer NOT NULL, CONSTRAINT "PK_Customers" PRIMARY KEY ("Id"));""";
    private const string Rows = """INSERT INTO "Orders" ("Id", "Note") SELECT g, CASE WHEN g % 2 = 0 THEN 'note ' || g END FROM generate_series(1, 2500) g;""";

    public static IEnumerable<PlanCase> All =>
    [
        new("make a column required", Table("""  "Note" text"""), Table("""  "Note" text NOT NULL"""))
        {
            Rows = Rows,
            Kept = ("""SELECT "Id", COALESCE("Note", '') FROM "Orders" ORDER BY 1""", """SELECT "Id", "Note" FROM "Orders" ORDER BY 1"""),
        },
        new("make a column required with a default and a value from the row", Table("""  "Note" text"""), Table("""  "Note" text NOT NULL DEFAULT 'none'"""))
        {
            Rows = Rows,
            Decisions = new([], [], [(Orders, "Note", """ 'order ' || "Id" """.Trim())]),
            Kept = ("""SELECT "Id", COALESCE("Note", 'order ' || "Id") FROM "Orders" ORDER BY 1""", """SELECT "Id", "Note" FROM "Orders" ORDER BY 1"""),
        },
        new(
            "an enum value beside a required column",
            "CREATE TYPE mood AS ENUM ('good', 'bad');" + Table("""  "Note" text"""), "CREATE TYPE mood AS ENUM ('good', 'fine', 'bad');" + Table("""  "Note" text NOT NULL"""))
        {
            Rows = Rows,
        },
        new(
            "a new enum type beside a value of another",
            "CREATE TYPE mood AS ENUM ('good', 'bad');" + Table("""  "Note" text"""),
            "CREATE TYPE mood AS ENUM ('good', 'fine', 'bad'); CREATE TYPE \"Shirt\" AS ENUM ('small', 'large');" + Table("""  "Note" text NOT NULL, "Size" "Shirt" """))
        {
            Rows = Rows,
        },
        new("make a column required on 18", Table("""  "Note" text"""), Table("""  "Note" text NOT NULL""")) { Version = new(18) },
        new(
            "add a required reference",
            Customers + Table("""  "Note" text"""),
            Customers + Table("""  "Note" text, "CustomerId" integer NOT NULL, CONSTRAINT "FK_Orders_Customers" FOREIGN KEY ("CustomerId") REFERENCES "Customers" ("Id") ON DELETE CASCADE""")
                + """CREATE INDEX "IX_Orders_CustomerId" ON "Orders" ("CustomerId");""")
        {
            Rows = """INSERT INTO "Customers" VALUES (1), (2);""" + Rows,
            Decisions = new([], [], [(Orders, "CustomerId", """ 1 + "Id" % 2 """.Trim())]),
            Kept = ("""SELECT "Id", 1 + "Id" % 2 FROM "Orders" ORDER BY 1""", """SELECT "Id", "CustomerId" FROM "Orders" ORDER BY 1"""),
        },
        new("add a column with a volatile default", Table("""  "Note" text"""), Table("""  "Note" text, "Token" uuid NOT NULL DEFAULT gen_random_uuid()""")) { Rows = Rows },
        new(
            "add a unique column with a volatile default",
            Table("""  "Note" text"""),
            Table("""  "Note" text, "Token" uuid DEFAULT gen_random_uuid()""") + """CREATE UNIQUE INDEX "IX_Orders_Token" ON "Orders" ("Token");""")
        {
            Rows = Rows,
        },
    ];

    private static string Table(string columns) => $"""CREATE TABLE "Orders" ("Id" bigint NOT NULL,{columns}, CONSTRAINT "PK_Orders" PRIMARY KEY ("Id"));""";
}
