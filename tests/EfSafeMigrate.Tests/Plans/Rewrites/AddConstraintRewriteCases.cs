namespace EfSafeMigrate.Tests.Plans.Rewrites;

internal static class AddConstraintRewriteCases
{
    private const string Customers = """CREATE TABLE "Customers" ("Id" integer NOT NULL, CONSTRAINT "PK_Customers" PRIMARY KEY ("Id"));""";
    private const string Rows = """INSERT INTO "Customers" VALUES (1), (2); INSERT INTO "Orders" SELECT g, 'c' || g, 1 + g % 2 FROM generate_series(1, 1200) g;""";

    public static IEnumerable<PlanCase> All =>
    [
        new("add a foreign key", Table(""), Table(""", CONSTRAINT "FK_Orders_Customers" FOREIGN KEY ("CustomerId") REFERENCES "Customers" ("Id")""")) { Rows = Rows },
        new("add a check", Table(""), Table(""", CONSTRAINT "CK_Code" CHECK ("Code" <> '')""")) { Rows = Rows },
        new("a check gets stricter", Table(""", CONSTRAINT "CK_Code" CHECK ("Code" <> '')"""), Table(""", CONSTRAINT "CK_Code" CHECK (length("Code") > 1)""")) { Rows = Rows },
        new("add a unique constraint", Table(""), Table(""", CONSTRAINT "AK_Orders_Code" UNIQUE ("Code")""")) { Rows = Rows },
        new(
            "several at once",
            Table(""),
            """
            CREATE TABLE "Customers" ("Id" integer NOT NULL, "Since" date, CONSTRAINT "PK_Customers" PRIMARY KEY ("Id"));
            CREATE TABLE "Orders" ("Id" bigint NOT NULL, "OrderCode" text, "CustomerId" integer NOT NULL, "State" integer NOT NULL DEFAULT 0, CONSTRAINT "PK_Orders" PRIMARY KEY ("Id"),
                CONSTRAINT "FK_Orders_Customers" FOREIGN KEY ("CustomerId") REFERENCES "Customers" ("Id"));
            CREATE TABLE "Notes" ("Id" integer NOT NULL, "OrderId" bigint NOT NULL, CONSTRAINT "PK_Notes" PRIMARY KEY ("Id"), CONSTRAINT "FK_Notes_Orders" FOREIGN KEY ("OrderId") REFERENCES "Orders" ("Id"));
            CREATE INDEX "IX_Notes_OrderId" ON "Notes" ("OrderId");
            CREATE INDEX "IX_Orders_State" ON "Orders" ("State");
            CREATE INDEX "IX_Customers_Since" ON "Customers" ("Since");
            """)
        {
            Rows = Rows,
            Guessed = [PlanCase.Rename("Orders", "Code", "OrderCode")],
            Kept = ("""SELECT "Id", "Code", "CustomerId" FROM "Orders" ORDER BY 1""", """SELECT "Id", "OrderCode", "CustomerId" FROM "Orders" ORDER BY 1"""),
        },
    ];

    private static string Table(string more) =>
        $"""{Customers} CREATE TABLE "Orders" ("Id" bigint NOT NULL, "Code" text, "CustomerId" integer, CONSTRAINT "PK_Orders" PRIMARY KEY ("Id"){more});""";
}
