namespace EfSafeMigrate.Tests.Plans.Rewrites;

internal static class ChangePrimaryKeyRewriteCases
{
    private const string Rows = """INSERT INTO "Lines" ("OrderId", "Number", "Text") SELECT g, g + 5, 'line ' || g FROM generate_series(1, 2500) g;""";
    private const string Kept = """SELECT "OrderId", "Number", "Text" FROM "Lines" ORDER BY 1""";

    public static IEnumerable<PlanCase> All =>
    [
        new("add a primary key", Table(""), Table(Primary("\"Number\", \"OrderId\""))) { Rows = Rows, Kept = (Kept, Kept) },
        new("add a primary key on a column that becomes required", Table("", ""), Table(Primary("\"Number\""))) { Rows = Rows, Kept = (Kept, Kept) },
        new("move a primary key to another column", Table(Primary("\"OrderId\"")), Table(Primary("\"Number\""))) { Rows = Rows, Kept = (Kept, Kept) },
        new("make a primary key composite under a new name", Table(Primary("\"OrderId\"", "Lines_pkey"), ""), Table(Primary("\"OrderId\", \"Number\""))) { Rows = Rows, Kept = (Kept, Kept) },
    ];

    private static string Primary(string columns, string name = "PK_Lines") => $", CONSTRAINT \"{name}\" PRIMARY KEY ({columns})";

    private static string Table(string key, string required = " NOT NULL") => $"""CREATE TABLE "Lines" ("OrderId" bigint NOT NULL, "Number" integer{required}, "Text" text{key});""";
}
