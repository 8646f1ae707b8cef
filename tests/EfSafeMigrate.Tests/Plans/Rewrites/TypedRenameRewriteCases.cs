using EfSafeMigrate.Changes;
using static EfSafeMigrate.Tests.Plans.PlanCase;

namespace EfSafeMigrate.Tests.Plans.Rewrites;

/// <summary>A column that gets a name and a type of its own.</summary>
internal static class TypedRenameRewriteCases
{
    public static IEnumerable<PlanCase> All =>
    [
        Of("a text becomes a number", """ "Code" text NOT NULL """, """ "Number" integer NOT NULL """, "Code=Number",
            "'0' || g", """CAST(NULLIF("Code", '') AS integer)""", """ "Number"::text """, """ltrim("Code", '0')""", """ "Number"::text """),
        Of("a text becomes the number of an enum", """ "State" text NOT NULL """, """ "StateId" integer NOT NULL """, "State=StateId",
            "(ARRAY['Open', 'Shut'])[1 + g % 2]", """CASE "State" WHEN 'Open' THEN 0 WHEN 'Shut' THEN 1 END""", """CASE "StateId" WHEN 0 THEN 'Open' WHEN 1 THEN 'Shut' END""",
            """ "State" """, """(ARRAY['Open', 'Shut'])[1 + "StateId"]"""),
        Of("a time gets its zone", """ "At" timestamp """, """ "Moment" timestamptz """, "At=Moment",
            "timestamp '2026-11-22' + g * interval '1 minute'", """ "At" AT TIME ZONE 'UTC' """, """ "Moment" AT TIME ZONE 'UTC' """, """ "At" """, """ "Moment" AT TIME ZONE 'UTC' """),
        Of("a number gets longer under a new name", """ "Count" integer NOT NULL """, """ "Pieces" bigint NOT NULL """, "Count=Pieces", "g", null, null, """ "Count" """, """ "Pieces" """),
        Of("a money amount in cents", """ "Price" numeric(10,2) """, """ "Cents" bigint """, "Price=Cents",
            "g / 4.0", """ "Price" * 100 """, """ "Cents" / 100.0 """, """round("Price", 2)""", """round("Cents" / 100.0, 2)"""),
    ];

    private static PlanCase Of(string name, string old, string fresh, string rename, string value, string? up, string? down, string before, string after)
    {
        var (from, to) = (rename.Split('=')[0], rename.Split('=')[1]);
        return new(name, Table(old), Table(fresh))
        {
            Decisions = new([Rename("Orders", from, to)], [], [])
            {
                Usings = [.. up is null ? [] : new[] { (new TableName(null, "Orders"), to, up.Trim()) }, .. down is null ? [] : new[] { (new TableName(null, "Orders"), from, down.Trim()) }],
            },
            Rows = $"""INSERT INTO "Orders" SELECT g, {value} FROM generate_series(1, 2500) g;""",
            Kept = ($"""SELECT "Id", {before} FROM "Orders" ORDER BY 1""", $"""SELECT "Id", {after} FROM "Orders" ORDER BY 1"""),
        };
    }

    private static string Table(string columns) => $"""CREATE TABLE "Orders" ("Id" bigint NOT NULL, {columns}, CONSTRAINT "PK_Orders" PRIMARY KEY ("Id"));""";
}
