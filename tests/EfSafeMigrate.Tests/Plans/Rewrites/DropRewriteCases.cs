using EfSafeMigrate.Changes;
using EfSafeMigrate.Plans;

namespace EfSafeMigrate.Tests.Plans.Rewrites;

internal static class DropRewriteCases
{
    private const string Customers = """CREATE TABLE "Customers" ("Id" integer NOT NULL, CONSTRAINT "PK_Customers" PRIMARY KEY ("Id"));""";
    private const string Rows = """INSERT INTO "Customers" VALUES (1), (2); INSERT INTO "Orders" ("Id", "Code", "CustomerId") SELECT g, 'c' || g, 1 + g % 2 FROM generate_series(1, 1200) g;""";

    public static IEnumerable<PlanCase> All =>
    [
        new(
            "drop a required column with its index",
            Customers + Table(""" "Code" varchar(20) NOT NULL, "CustomerId" integer """) + """CREATE INDEX "IX_Orders_Code" ON "Orders" ("Code");""",
            Customers + Table(""" "CustomerId" integer """))
        {
            Rows = Rows,
        },
        new(
            "drop a required reference",
            Customers + Table(""" "Code" text, "CustomerId" integer NOT NULL, CONSTRAINT "FK_Orders_Customers" FOREIGN KEY ("CustomerId") REFERENCES "Customers" ("Id") """)
                + """CREATE UNIQUE INDEX "IX_Orders_Code" ON "Orders" ("Code", "CustomerId");""",
            Customers + Table(""" "Code" text """))
        {
            Rows = Rows,
        },
        new(
            "drop and add what EF takes for a rename",
            Customers + Table(""" "Code" text NOT NULL, "CustomerId" integer """),
            Customers + Table(""" "Motto" text NOT NULL, "CustomerId" integer """))
        {
            Guessed = [PlanCase.Rename("Orders", "Code", "Motto")],
            Decisions = new([], [(new TableName(null, "Orders"), "Code")], []),
            Rows = Rows,
        },
        new(
            "drop an index and a unique index",
            Customers + Table(""" "Code" text, "CustomerId" integer """) + """CREATE INDEX "IX_Orders_Code" ON "Orders" ("Code"); CREATE UNIQUE INDEX "IX_Orders_Both" ON "Orders" ("Code", "CustomerId");""",
            Customers + Table(""" "Code" text, "CustomerId" integer """))
        {
            Rows = Rows,
        },
        new(
            "drop a table that refers and is referred to",
            Customers + Table(""" "Code" text, "CustomerId" integer NOT NULL, CONSTRAINT "FK_Orders_Customers" FOREIGN KEY ("CustomerId") REFERENCES "Customers" ("Id") """)
                + """CREATE TABLE "Lines" ("Id" integer NOT NULL, "OrderId" bigint NOT NULL, CONSTRAINT "PK_Lines" PRIMARY KEY ("Id"), CONSTRAINT "FK_Lines_Orders" FOREIGN KEY ("OrderId") REFERENCES "Orders" ("Id"));""",
            Customers + """CREATE TABLE "Lines" ("Id" integer NOT NULL, "OrderId" bigint NOT NULL, CONSTRAINT "PK_Lines" PRIMARY KEY ("Id"));""")
        {
            Rows = Rows,
        },
        new("drop a table", Customers + Table(""" "Code" text, "CustomerId" integer """) + """CREATE INDEX "IX_Orders_Code" ON "Orders" ("Code");""", Customers) { Rows = Rows },
    ];

    private static string Table(string columns) => $"""CREATE TABLE "Orders" ("Id" bigint NOT NULL, {columns}, CONSTRAINT "PK_Orders" PRIMARY KEY ("Id"));""";
}
