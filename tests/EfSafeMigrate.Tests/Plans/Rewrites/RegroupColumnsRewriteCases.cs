using EfSafeMigrate.Changes;
using EfSafeMigrate.Plans;
using static EfSafeMigrate.Tests.Plans.PlanCase;

namespace EfSafeMigrate.Tests.Plans.Rewrites;

internal static class RegroupColumnsRewriteCases
{
    private const string First = """split_part("FullName", ' ', 1)""";
    private const string Last = """CASE WHEN strpos("FullName", ' ') > 0 THEN substr("FullName", strpos("FullName", ' ') + 1) END""";
    private const string Full = """ "FirstName" || COALESCE(' ' || "LastName", '') """;

    private const string Whole = """CREATE TABLE "Customers" ("Id" integer NOT NULL, "FullName" text NOT NULL, "Nick" text, CONSTRAINT "PK_Customers" PRIMARY KEY ("Id"));""";
    private const string Parts = """CREATE TABLE "Customers" ("Id" integer NOT NULL, "FirstName" text NOT NULL, "LastName" varchar(60), "Nick" text, CONSTRAINT "PK_Customers" PRIMARY KEY ("Id"));""";

    private const string WholeRows = """INSERT INTO "Customers" ("Id", "FullName", "Nick") SELECT g, CASE g % 5 WHEN 0 THEN '' WHEN 1 THEN 'solo' || g WHEN 2 THEN ' two  spaces ' || g ELSE 'Ann O''Hara ' || g END, 'n' || g FROM generate_series(1, 2500) g;""";
    private const string PartRows = """INSERT INTO "Customers" ("Id", "FirstName", "LastName", "Nick") SELECT g, 'Ann' || g, CASE g % 3 WHEN 0 THEN NULL WHEN 1 THEN '' ELSE 'van  Dyk ' || g END, 'n' || g FROM generate_series(1, 2500) g;""";

    public static IEnumerable<PlanCase> All =>
    [
        new("split a required column", Whole, Parts)
        {
            Decisions = Said(("FirstName", First), ("LastName", Last), ("FullName", Full.Trim())), Rows = WholeRows, Kept = ("""SELECT "Id", "FullName" FROM "Customers" ORDER BY 1""", $"""SELECT "Id", {Full} FROM "Customers" ORDER BY 1"""),
        },
        new("merge two columns", Parts, Whole)
        {
            Decisions = Said(("FirstName", First), ("LastName", Last), ("FullName", Full.Trim())), Rows = PartRows,
            Kept = ("""SELECT "Id", "FirstName", "LastName" FROM "Customers" ORDER BY 1""", $"""SELECT "Id", {First}, {Last} FROM "Customers" ORDER BY 1"""),
        },
        new(
            "split a column with indexes beside a rename",
            Whole + """CREATE INDEX "IX_Customers_FullName" ON "Customers" ("FullName"); CREATE UNIQUE INDEX "IX_Customers_Nick" ON "Customers" ("Nick", "FullName");""",
            Parts.Replace("\"Nick\"", "\"Handle\"", StringComparison.Ordinal) + """CREATE INDEX "IX_Customers_LastName" ON "Customers" ("LastName", "FirstName"); CREATE UNIQUE INDEX "IX_Customers_Handle" ON "Customers" ("Handle");""")
        {
            Guessed = [Rename("Customers", "FullName", "FirstName"), Rename("Customers", "Nick", "Handle")],
            Decisions = Said(("FirstName", First), ("LastName", Last), ("FullName", Full.Trim())) with
            {
                Renames = [Rename("Customers", "Nick", "Handle")], Separate = [(new(null, "Customers"), "FullName")],
            },
            Rows = WholeRows,
            Kept = ("""SELECT "Id", "FullName", "Nick" FROM "Customers" ORDER BY 1""", $"""SELECT "Id", {Full}, "Handle" FROM "Customers" ORDER BY 1"""),
        },
        new(
            "regroup two columns into three",
            """CREATE TABLE "Customers" ("Id" integer NOT NULL, "Day" date, "Minute" integer, CONSTRAINT "PK_Customers" PRIMARY KEY ("Id"));""",
            """CREATE TABLE "Customers" ("Id" integer NOT NULL, "At" timestamp, "Year" integer, "Even" boolean NOT NULL, CONSTRAINT "PK_Customers" PRIMARY KEY ("Id"));""")
        {
            Decisions = Said(
                ("At", """ "Day" + make_interval(mins => "Minute") """), ("Year", """extract(year FROM "Day")::integer"""), ("Even", """ "Minute" % 2 = 0 """),
                ("Day", """ "At"::date"""), ("Minute", """extract(hour FROM "At")::integer * 60 + extract(minute FROM "At")::integer""")) with
            {
                Fills = [(new(null, "Customers"), "Even", "false")],
            },
            Rows = """INSERT INTO "Customers" SELECT g, date '2026-01-01' + g, g % 1440 FROM generate_series(1, 2500) g; INSERT INTO "Customers" VALUES (9000, NULL, NULL);""",
            Kept = ("""SELECT "Id", "Day", "Minute" FROM "Customers" ORDER BY 1""", """SELECT "Id", "At"::date, extract(hour FROM "At")::integer * 60 + extract(minute FROM "At")::integer FROM "Customers" ORDER BY 1"""),
        },
    ];

    private static Decisions Said(params (string Column, string Sql)[] said) =>
        new([], [], []) { Usings = [.. said.Select(each => (new TableName(null, "Customers"), each.Column, each.Sql))] };
}
