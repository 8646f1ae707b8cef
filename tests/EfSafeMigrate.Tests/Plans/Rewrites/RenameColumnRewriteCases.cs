using EfSafeMigrate.Plans;
using static EfSafeMigrate.Tests.Plans.PlanCase;

namespace EfSafeMigrate.Tests.Plans.Rewrites;

internal static class RenameColumnRewriteCases
{
    private const string Rows = """INSERT INTO "Customers" ("Id", "Name", "Nick") SELECT g, 'name ' || g, CASE WHEN g % 3 > 0 THEN 'nick ' || g END FROM generate_series(1, 2500) g;""";

    public static IEnumerable<PlanCase> All =>
    [
        new(
            "rename a required column",
            """CREATE TABLE "Customers" ("Id" integer NOT NULL, "Name" text NOT NULL, "Nick" text, CONSTRAINT "PK_Customers" PRIMARY KEY ("Id"));""",
            """CREATE TABLE "Customers" ("Id" integer NOT NULL, "FullName" text NOT NULL, "Nick" text, CONSTRAINT "PK_Customers" PRIMARY KEY ("Id"));""")
        {
            Guessed = [Rename("Customers", "Name", "FullName")],
            Rows = Rows,
            Kept = ("""SELECT "Id", "Name", "Nick" FROM "Customers" ORDER BY 1""", """SELECT "Id", "FullName", "Nick" FROM "Customers" ORDER BY 1"""),
        },
        new(
            "rename a column with index, check and default",
            """
            CREATE TABLE "Customers" ("Id" integer NOT NULL, "Name" varchar(50) NOT NULL DEFAULT 'nobody', "Nick" text, CONSTRAINT "PK_Customers" PRIMARY KEY ("Id"), CONSTRAINT "CK_Name" CHECK ("Name" <> ''));
            CREATE INDEX "IX_Customers_Name" ON "Customers" ("Name");
            CREATE INDEX "IX_Both" ON "Customers" ("Nick", "Name");
            """,
            """
            CREATE TABLE "Customers" ("Id" integer NOT NULL, "FullName" varchar(50) NOT NULL DEFAULT 'nobody', "Nick" text, CONSTRAINT "PK_Customers" PRIMARY KEY ("Id"), CONSTRAINT "CK_Name" CHECK ("FullName" <> ''));
            CREATE INDEX "IX_Customers_FullName" ON "Customers" ("FullName");
            CREATE INDEX "IX_Both" ON "Customers" ("Nick", "FullName");
            """)
        {
            Guessed = [Rename("Customers", "Name", "FullName")],
            Rows = Rows,
            Kept = ("""SELECT "Id", "Name", "Nick" FROM "Customers" ORDER BY 1""", """SELECT "Id", "FullName", "Nick" FROM "Customers" ORDER BY 1"""),
        },
        new(
            "rename a foreign key column",
            """
            CREATE TABLE "Customers" ("Id" integer NOT NULL, "Name" text, "Nick" text, CONSTRAINT "PK_Customers" PRIMARY KEY ("Id"));
            CREATE TABLE "Orders" ("Id" bigint NOT NULL, "Line" integer NOT NULL, "CustomerId" integer NOT NULL, CONSTRAINT "PK_Orders" PRIMARY KEY ("Id", "Line"), CONSTRAINT "FK_Orders_Customers_CustomerId" FOREIGN KEY ("CustomerId") REFERENCES "Customers" ("Id") ON DELETE CASCADE);
            CREATE INDEX "IX_Orders_CustomerId" ON "Orders" ("CustomerId");
            """,
            """
            CREATE TABLE "Customers" ("Id" integer NOT NULL, "Name" text, "Nick" text, CONSTRAINT "PK_Customers" PRIMARY KEY ("Id"));
            CREATE TABLE "Orders" ("Id" bigint NOT NULL, "Line" integer NOT NULL, "BuyerId" integer NOT NULL, CONSTRAINT "PK_Orders" PRIMARY KEY ("Id", "Line"), CONSTRAINT "FK_Orders_Customers_BuyerId" FOREIGN KEY ("BuyerId") REFERENCES "Customers" ("Id") ON DELETE CASCADE);
            CREATE INDEX "IX_Orders_BuyerId" ON "Orders" ("BuyerId");
            """)
        {
            Guessed = [Rename("Orders", "CustomerId", "BuyerId")],
            Rows = Rows + """INSERT INTO "Orders" SELECT g, l, g FROM generate_series(1, 1500) g, generate_series(1, 2) l;""",
            Kept = ("""SELECT "Id", "CustomerId" FROM "Orders" ORDER BY 1""", """SELECT "Id", "BuyerId" FROM "Orders" ORDER BY 1"""),
        },
        new(
            "rename a column that becomes required",
            """CREATE TABLE "Customers" ("Id" integer NOT NULL, "Name" text, "Nick" text, CONSTRAINT "PK_Customers" PRIMARY KEY ("Id"));""",
            """CREATE TABLE "Customers" ("Id" integer NOT NULL, "Name" text, "Handle" text NOT NULL, CONSTRAINT "PK_Customers" PRIMARY KEY ("Id"));""")
        {
            Decisions = new([Rename("Customers", "Nick", "Handle")], [], [(new(null, "Customers"), "Handle", "'none'")]),
            Rows = Rows,
        },
        new(
            "rename a column with unique objects",
            """
            CREATE TABLE "Customers" ("Id" integer NOT NULL, "Name" text NOT NULL, "Nick" text, CONSTRAINT "PK_Customers" PRIMARY KEY ("Id"), CONSTRAINT "AK_Customers_Name" UNIQUE ("Name"));
            CREATE UNIQUE INDEX "IX_Customers_Name_Nick" ON "Customers" ("Name", "Nick");
            """,
            """
            CREATE TABLE "Customers" ("Id" integer NOT NULL, "FullName" text NOT NULL, "Nick" text, CONSTRAINT "PK_Customers" PRIMARY KEY ("Id"), CONSTRAINT "AK_Customers_FullName" UNIQUE ("FullName"));
            CREATE UNIQUE INDEX "IX_Customers_FullName_Nick" ON "Customers" ("FullName", "Nick");
            """)
        {
            Guessed = [Rename("Customers", "Name", "FullName")],
            Rows = Rows,
            Kept = ("""SELECT "Id", "Name", "Nick" FROM "Customers" ORDER BY 1""", """SELECT "Id", "FullName", "Nick" FROM "Customers" ORDER BY 1"""),
        },
        new(
            "rename a foreign key column whose constraint keeps its name",
            """
            CREATE TABLE "Customers" ("Id" integer NOT NULL, "Name" text, "Nick" text, CONSTRAINT "PK_Customers" PRIMARY KEY ("Id"));
            CREATE TABLE "Orders" ("Id" bigint NOT NULL, "CustomerId" integer, CONSTRAINT "PK_Orders" PRIMARY KEY ("Id"), CONSTRAINT "FK" FOREIGN KEY ("CustomerId") REFERENCES "Customers" ("Id"));
            """,
            """
            CREATE TABLE "Customers" ("Id" integer NOT NULL, "Name" text, "Nick" text, CONSTRAINT "PK_Customers" PRIMARY KEY ("Id"));
            CREATE TABLE "Orders" ("Id" bigint NOT NULL, "BuyerId" integer, CONSTRAINT "PK_Orders" PRIMARY KEY ("Id"), CONSTRAINT "FK" FOREIGN KEY ("BuyerId") REFERENCES "Customers" ("Id"));
            """)
        {
            Guessed = [Rename("Orders", "CustomerId", "BuyerId")],
            Rows = Rows + """INSERT INTO "Orders" SELECT g, CASE WHEN g % 4 > 0 THEN g END FROM generate_series(1, 1500) g;""",
            Kept = ("""SELECT "Id", "CustomerId" FROM "Orders" ORDER BY 1""", """SELECT "Id", "BuyerId" FROM "Orders" ORDER BY 1"""),
        },
        new(
            "pairs that EF swapped",
            """CREATE TABLE "Places" ("Id" integer NOT NULL, "City" text NOT NULL, "Street" text NOT NULL, CONSTRAINT "PK_Places" PRIMARY KEY ("Id"));""",
            """CREATE TABLE "Places" ("Id" integer NOT NULL, "StreetLine" text NOT NULL, "Town" text NOT NULL, CONSTRAINT "PK_Places" PRIMARY KEY ("Id"));""")
        {
            Guessed = [Rename("Places", "Street", "Town"), Rename("Places", "City", "StreetLine")],
            Decisions = new([Rename("Places", "Street", "StreetLine"), Rename("Places", "City", "Town")], [], []),
            Kept = ("""SELECT "Id", "City", "Street" FROM "Places" ORDER BY 1""", """SELECT "Id", "Town", "StreetLine" FROM "Places" ORDER BY 1"""),
            Rows = """INSERT INTO "Places" SELECT g, 'city ' || g, 'street ' || g FROM generate_series(1, 1200) g;""",
        },
        new(
            "a table without a key",
            """CREATE TABLE "Log" ("Line" text NOT NULL, "At" numeric);""",
            """CREATE TABLE "Log" ("Text" text NOT NULL, "At" numeric);""")
        {
            Guessed = [Rename("Log", "Line", "Text")],
            Kept = ("""SELECT "At", "Line" FROM "Log" ORDER BY 1""", """SELECT "At", "Text" FROM "Log" ORDER BY 1"""),
            Rows = """INSERT INTO "Log" SELECT 'line ' || g, g FROM generate_series(1, 2500) g;""",
        },
    ];
}
