using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Tests.Plans.Rewrites;

internal static class RenameTableRewriteCases
{
    private const string Regions = """CREATE TABLE "Regions" ("Id" integer NOT NULL, CONSTRAINT "PK_Regions" PRIMARY KEY ("Id"));""";
    private const string Rows = """
        INSERT INTO "Regions" VALUES (1), (2);
        INSERT INTO "Customers" ("Id", "Name", "Code", "RegionId") SELECT g, 'name ' || g, CASE WHEN g % 3 > 0 THEN g END, 1 + g % 2 FROM generate_series(1, 1200) g;
        INSERT INTO "Orders" SELECT g, g FROM generate_series(1, 1200) g;
        """;

    public static IEnumerable<PlanCase> All =>
    [
        new("rename a table", Before(""" "Name" text NOT NULL DEFAULT 'nobody', "Code" integer """), After(""" "Name" text NOT NULL DEFAULT 'nobody', "Code" integer """))
        {
            Tables = [Renamed],
            Rows = Rows,
            Kept = ("""SELECT * FROM "Customers" ORDER BY 1""", """SELECT * FROM "Clients" ORDER BY 1"""),
        },
        new(
            "rename a table and change its columns",
            Before(""" "Name" text NOT NULL, "Code" integer """) + """CREATE INDEX "IX_Customers_Name" ON "Customers" ("Name");""",
            After(""" "FullName" text NOT NULL, "Segment" text NOT NULL """) + """CREATE INDEX "IX_Clients_FullName" ON "Clients" ("FullName");""")
        {
            Tables = [Renamed],
            Decisions = new([PlanCase.Rename("Clients", "Name", "FullName")], [], [(new(null, "Clients"), "Segment", "'none'")]),
            Rows = Rows,
            Kept = ("""SELECT "Id", "Name", "RegionId" FROM "Customers" ORDER BY 1""", """SELECT "Id", "FullName", "RegionId" FROM "Clients" ORDER BY 1"""),
        },
    ];

    private static RenameTable Renamed => new(new(null, "Customers"), new(null, "Clients"));

    private static string Before(string columns) => Regions + Table("Customers", columns) + Orders("Customers");

    private static string After(string columns) => Regions + Table("Clients", columns) + Orders("Clients");

    private static string Table(string name, string columns) => $"""
        CREATE TABLE "{name}" ("Id" integer NOT NULL, {columns}, "RegionId" integer, CONSTRAINT "PK_{name}" PRIMARY KEY ("Id"),
            CONSTRAINT "FK_{name}_Regions_RegionId" FOREIGN KEY ("RegionId") REFERENCES "Regions" ("Id"));
        CREATE INDEX "IX_{name}_RegionId" ON "{name}" ("RegionId");
        """;

    private static string Orders(string customers) => $"""
        CREATE TABLE "Orders" ("Id" bigint NOT NULL, "CustomerId" integer NOT NULL, CONSTRAINT "PK_Orders" PRIMARY KEY ("Id"),
            CONSTRAINT "FK_Orders_{customers}_CustomerId" FOREIGN KEY ("CustomerId") REFERENCES "{customers}" ("Id") ON DELETE CASCADE);
        """;
}
