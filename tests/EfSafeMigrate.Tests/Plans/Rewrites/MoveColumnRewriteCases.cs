using EfSafeMigrate.Changes;
using EfSafeMigrate.Plans;

namespace EfSafeMigrate.Tests.Plans.Rewrites;

internal static class MoveColumnRewriteCases
{
    private const string People = """INSERT INTO "Customers" ("Id", "Email", "Phone") SELECT g, 'mail ' || g, CASE WHEN g % 3 > 0 THEN 'call ' || g END FROM generate_series(1, 2500) g;""";

    public static IEnumerable<PlanCase> All =>
    [
        new(
            "move columns to a table that is made for them",
            Customers(""" "Email" varchar(80) NOT NULL, "Phone" text """),
            Customers() + Profiles(""" "Email" varchar(80) NOT NULL, "Phone" text, "Motto" text NOT NULL DEFAULT 'none' """))
        {
            Decisions = Moves("Customers.Email=Profiles", "Customers.Phone=Profiles"),
            Rows = People,
            Kept = ("""SELECT "Id", "Email", "Phone" FROM "Customers" ORDER BY 1""", """SELECT "CustomerId", "Email", "Phone" FROM "Profiles" ORDER BY 1"""),
        },
        new(
            "move an optional column to a table that is made for it alone",
            Customers(""" "Email" text, "Phone" text """) + """CREATE INDEX "IX_Customers_Phone" ON "Customers" ("Phone");""",
            Customers(""" "Email" text """) + Profiles(""" "Phone" text NOT NULL """) + """CREATE INDEX "IX_Profiles_Phone" ON "Profiles" ("Phone");""")
        {
            Decisions = Moves("Customers.Phone=Profiles"),
            Rows = People,
            Kept = ("""SELECT "Id", "Phone" FROM "Customers" WHERE "Phone" IS NOT NULL ORDER BY 1""", """SELECT "CustomerId", "Phone" FROM "Profiles" ORDER BY 1"""),
        },
        new(
            "move a required column to a table that refers to its own",
            Customers(""" "Email" text NOT NULL, "Phone" text """) + Cards(""" "Nick" text """) + """CREATE INDEX "IX_Customers_Email" ON "Customers" ("Email");""",
            Customers(""" "Phone" text """) + Cards(""" "Nick" text, "Email" text NOT NULL """) + """CREATE INDEX "IX_Cards_Email" ON "Cards" ("Email");""")
        {
            Decisions = Moves("Customers.Email=Cards"),
            Rows = People + """INSERT INTO "Cards" ("Id", "CustomerId") SELECT 5000 - "Id", "Id" FROM "Customers";""",
            Kept = ("""SELECT "Id", "Email" FROM "Customers" ORDER BY 1""", """SELECT "CustomerId", "Email" FROM "Cards" ORDER BY 1"""),
        },
        new(
            "move a required column to the table that its own refers to",
            Customers(""" "Phone" text """) + Cards(""" "Nick" text, "Email" varchar(80) NOT NULL """),
            Customers(""" "Phone" text, "Email" varchar(80) NOT NULL """) + Cards(""" "Nick" text """))
        {
            Decisions = Moves("Cards.Email=Customers") with { Fills = [(new(null, "Customers"), "Email", "'none'")] },
            Rows = """
                INSERT INTO "Customers" ("Id") SELECT g FROM generate_series(1, 2500) g;
                INSERT INTO "Cards" ("Id", "CustomerId", "Email") SELECT 5000 - "Id", "Id", 'mail ' || "Id" FROM "Customers" WHERE "Id" % 5 > 0;
                """,
            Kept = ("""SELECT "CustomerId", "Email" FROM "Cards" ORDER BY 1""", """SELECT "Id", "Email" FROM "Customers" WHERE "Id" % 5 > 0 ORDER BY 1"""),
        },
        new(
            "move a column to the many rows that refer to its own",
            Orders(""" "Currency" char(3) NOT NULL """) + Lines(),
            Orders() + Lines(""" "Currency" char(3) NOT NULL DEFAULT 'EUR' """))
        {
            Decisions = Moves("Orders.Currency=Lines"),
            Rows = """INSERT INTO "Orders" SELECT g, CASE WHEN g % 2 = 0 THEN 'EUR' ELSE 'USD' END FROM generate_series(1, 1200) g;""" + SomeLines,
            Kept = ("""SELECT "Id", "Currency" FROM "Orders" ORDER BY 1""", """SELECT DISTINCT "OrderId", "Currency" FROM "Lines" ORDER BY 1"""),
        },
        new(
            "move a column from many rows to the one they refer to",
            Orders() + Lines(""" "Currency" varchar(3) """),
            Orders(""" "Money" varchar(3) """) + Lines())
        {
            Decisions = Moves("Lines.Currency=Orders.Money"),
            Rows = """INSERT INTO "Orders" SELECT g FROM generate_series(1, 1200) g;""" + SomeLines + """UPDATE "Lines" SET "Currency" = CASE WHEN "OrderId" % 2 = 0 THEN 'EUR' WHEN "OrderId" % 7 > 0 THEN 'USD' END;""",
            Kept = ("""SELECT DISTINCT "OrderId", "Currency" FROM "Lines" ORDER BY 1""", """SELECT "Id", "Money" FROM "Orders" ORDER BY 1"""),
        },
    ];

    private const string SomeLines = """INSERT INTO "Lines" ("OrderId", "Number") SELECT "Id", n FROM "Orders", generate_series(1, 3) n;""";

    /// <param name="moves">Table.Column=Table, or with the new column's name behind.</param>
    public static Decisions Moves(params IEnumerable<string> moves) => Decisions.None with
    {
        Moves = [.. moves.Select(move => move.Split('=', '.')).Select(parts => new MoveColumn(new(null, parts[0]), parts[1], new(null, parts[2]), parts.Length > 3 ? parts[3] : parts[1]))],
    };

    public static string Customers(string columns = "") => Table("Customers", """ "Id" integer NOT NULL """, columns, """ CONSTRAINT "PK_Customers" PRIMARY KEY ("Id") """);

    public static string Profiles(string columns, string deletes = " ON DELETE CASCADE") => Table(
        "Profiles", """ "CustomerId" integer NOT NULL """, columns,
        $""" CONSTRAINT "PK_Profiles" PRIMARY KEY ("CustomerId"), CONSTRAINT "FK_Profiles_Customers" FOREIGN KEY ("CustomerId") REFERENCES "Customers" ("Id"){deletes} """);

    public static string Cards(string columns) => Table(
        "Cards", """ "Id" integer NOT NULL, "CustomerId" integer NOT NULL """, columns,
        """ CONSTRAINT "PK_Cards" PRIMARY KEY ("Id"), CONSTRAINT "FK_Cards_Customers" FOREIGN KEY ("CustomerId") REFERENCES "Customers" ("Id") ON DELETE CASCADE """)
        + """CREATE UNIQUE INDEX "IX_Cards_CustomerId" ON "Cards" ("CustomerId");""";

    private static string Orders(string columns = "") => Table("Orders", """ "Id" integer NOT NULL """, columns, """ CONSTRAINT "PK_Orders" PRIMARY KEY ("Id") """);

    private static string Lines(string columns = "") => Table(
        "Lines", """ "OrderId" integer NOT NULL, "Number" integer NOT NULL """, columns,
        """ CONSTRAINT "PK_Lines" PRIMARY KEY ("OrderId", "Number"), CONSTRAINT "FK_Lines_Orders" FOREIGN KEY ("OrderId") REFERENCES "Orders" ("Id") ON DELETE CASCADE """);

    private static string Table(string name, params IEnumerable<string> parts) => $"CREATE TABLE \"{name}\" ({string.Join(",", parts.Where(part => part.Length > 0))});";
}
