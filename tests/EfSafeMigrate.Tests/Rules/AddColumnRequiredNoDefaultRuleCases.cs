using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class AddColumnRequiredNoDefaultRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("rows exist", Severity.Dangerous, "ALTER TABLE orders ADD COLUMN region text NOT NULL").WithRows(4_812_330)
            .Saying("it fails, for orders holds 4,812,330 rows, and every INSERT of the running release")
            .Cured(Deploy("ALTER TABLE orders ADD COLUMN region text NOT NULL DEFAULT ''"))
            .Cured(Deploy("ALTER TABLE orders ADD COLUMN region text"), Deploy([Filled("orders", "region", "'x'"), .. Proved("orders", "region")])),
        Flagged("nobody counted", Severity.Dangerous, "ALTER TABLE orders ADD COLUMN region text NOT NULL").Saying("one row in the table makes it fail")
            .Cured(Deploy("ALTER TABLE orders ADD COLUMN region text NOT NULL DEFAULT ''"))
            .Cured(Deploy("ALTER TABLE orders ADD COLUMN region text"), Deploy([Filled("orders", "region", "'x'"), .. Proved("orders", "region")])),
        Flagged("the table is empty", Severity.Dangerous, "ALTER TABLE orders ADD COLUMN region text NOT NULL").WithRows(0).Saying("passes while the table is empty")
            .Cured(Deploy("ALTER TABLE orders ADD COLUMN region text NOT NULL DEFAULT ''"))
            .Cured(Deploy("ALTER TABLE orders ADD COLUMN region text"), Deploy([Filled("orders", "region", "'x'"), .. Proved("orders", "region")])),
        Flagged("another engine", Severity.Dangerous, "ALTER TABLE orders ADD COLUMN region TEXT NOT NULL").On(Sqlite)
            .Cured(Deploy("ALTER TABLE orders ADD COLUMN region TEXT NOT NULL DEFAULT ''"))
            .Cured(new CuredForm([Deploy("ALTER TABLE orders ADD COLUMN region TEXT"), Deploy("UPDATE orders SET region = '' WHERE id BETWEEN 1 AND 100000 AND region IS NULL", new AlterColumn(Shop.OrdersTable, Shop.Column("region", "TEXT", false), Shop.Column("region", "TEXT")))]).Leaving("set-not-null-scan", "sqlite-table-rebuild")),
        Allowed("the table is new", "CREATE TABLE invoices (id bigint PRIMARY KEY); ALTER TABLE invoices ADD COLUMN region text NOT NULL"),
        Allowed("a default", "ALTER TABLE orders ADD COLUMN region text NOT NULL DEFAULT ''"),
        Allowed("nullable", "ALTER TABLE orders ADD COLUMN region text"),
        Allowed("the database computes it", "ALTER TABLE orders ADD COLUMN note_length integer NOT NULL GENERATED ALWAYS AS (length(note)) STORED"),
        Allowed("the database numbers it", "ALTER TABLE orders ADD COLUMN line bigint GENERATED ALWAYS AS IDENTITY"),
    ];
}
