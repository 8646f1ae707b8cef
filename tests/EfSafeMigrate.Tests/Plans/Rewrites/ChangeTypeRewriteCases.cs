namespace EfSafeMigrate.Tests.Plans.Rewrites;

internal static class ChangeTypeRewriteCases
{
    private const string Kept = """SELECT "Id", "Code", "Total" FROM "Orders" ORDER BY 1""";

    private const string Rows = """
        INSERT INTO "Regions" SELECT g, 'r' || g FROM generate_series(1, 50) g;
        INSERT INTO "Orders" SELECT g, g, g / 4.0, CASE WHEN g % 3 > 0 THEN 'r' || 1 + g % 50 END FROM generate_series(1, 2500) g;
        """;

    public static IEnumerable<PlanCase> All =>
    [
        new("a type widens", Table(""" "Code" integer NOT NULL """), Table(""" "Code" bigint NOT NULL """)) { Rows = Rows, Kept = (Kept, Kept) },
        new("a type widens on 18", Table(""" "Code" integer NOT NULL """), Table(""" "Code" bigint NOT NULL """)) { Version = new(18), Rows = Rows, Kept = (Kept, Kept) },
        new(
            "a type widens under indexes, keys, checks, a default",
            Table(""" "Code" integer NOT NULL DEFAULT 7 """, """CONSTRAINT "AK_Orders_Code" UNIQUE ("Code"), CONSTRAINT "CK_Code" CHECK ("Code" > 0 AND "Total" >= 0)""") + Indexes,
            Table(""" "Code" bigint NOT NULL DEFAULT 8 """, """CONSTRAINT "AK_Orders_Code" UNIQUE ("Code"), CONSTRAINT "CK_Code" CHECK ("Code" > 0 AND "Total" >= 0)""") + Indexes)
        {
            Rows = Rows,
            Kept = (Kept, Kept),
        },
        new("an optional type widens", Table(""" "Code" smallint """), Table(""" "Code" integer """)) { Rows = Rows, Kept = (Kept, Kept) },
        new("a type narrows", Table(""" "Code" bigint NOT NULL """), Table(""" "Code" integer NOT NULL """)) { Rows = Rows, Kept = (Kept, Kept) },
        new("an optional text narrows", Table(""" "Code" text """), Table(""" "Code" varchar(6) """)) { Rows = Rows, Kept = (Kept, Kept) },
        new(
            "a decimal gets more digits behind the point and fewer before",
            Table(""" "Code" numeric(10,2) NOT NULL """), Table(""" "Code" numeric(10,4) NOT NULL """))
        {
            Rows = Rows,
            Kept = ("""SELECT "Id", round("Code", 2) FROM "Orders" ORDER BY 1""", """SELECT "Id", round("Code", 2) FROM "Orders" ORDER BY 1"""),
        },
        new(
            "a text with a foreign key narrows",
            Table(""" "Code" integer """, region: "varchar(40)"), Table(""" "Code" integer """, region: "varchar(30)"))
        {
            Rows = Rows,
            Kept = ("""SELECT "Id", "Region" FROM "Orders" ORDER BY 1""", """SELECT "Id", "Region" FROM "Orders" ORDER BY 1"""),
        },
    ];

    private const string Indexes = """
        CREATE INDEX "IX_Orders_Code" ON "Orders" ("Code" DESC NULLS LAST) INCLUDE ("Total") WHERE "Code" > 5;
        CREATE UNIQUE INDEX "IX_Orders_Total_Code" ON "Orders" ("Total", "Code");
        """;

    private static string Table(string code, string more = "", string region = "text") => $"""
        CREATE TABLE "Regions" ("Id" integer NOT NULL, "Name" text NOT NULL, CONSTRAINT "PK_Regions" PRIMARY KEY ("Id"), CONSTRAINT "AK_Regions_Name" UNIQUE ("Name"));
        CREATE TABLE "Orders" ("Id" bigint NOT NULL, {code}, "Total" numeric NOT NULL, "Region" {region}, CONSTRAINT "PK_Orders" PRIMARY KEY ("Id"),
            CONSTRAINT "FK_Orders_Regions_Region" FOREIGN KEY ("Region") REFERENCES "Regions" ("Name") ON DELETE SET NULL{(more.Length > 0 ? $", {more}" : "")});

        """;
}
