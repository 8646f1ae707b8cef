namespace EfSafeMigrate.Tests.Plans.Rewrites;

internal static class AddIndexRewriteCases
{
    private const string Table = """CREATE TABLE "Orders" ("Id" bigint NOT NULL, "Code" text NOT NULL, "Status" text, CONSTRAINT "PK_Orders" PRIMARY KEY ("Id"));""";
    private const string Rows = """INSERT INTO "Orders" SELECT g, 'c' || g, 's' FROM generate_series(1, 1200) g;""";

    public static IEnumerable<PlanCase> All =>
    [
        new("add an index", Table, Table + """CREATE INDEX "IX_Orders_Status" ON "Orders" ("Status") WHERE "Status" IS NOT NULL;""") { Rows = Rows },
        new("add a unique index", Table, Table + """CREATE UNIQUE INDEX "IX_Orders_Code" ON "Orders" ("Code");""") { Rows = Rows },
        new(
            "an index becomes unique",
            Table + """CREATE INDEX "IX_Orders_Code" ON "Orders" ("Code");""",
            Table + """CREATE UNIQUE INDEX "IX_Orders_Code" ON "Orders" ("Code");""")
        {
            Rows = Rows,
        },
        new(
            "an index takes the place of another",
            Table + """CREATE INDEX "IX_Orders_Code" ON "Orders" ("Code");""",
            Table + """CREATE INDEX "IX_Orders_Code_Status" ON "Orders" ("Code", "Status");""")
        {
            Rows = Rows,
        },
    ];
}
