using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class SetNotNullWithBackfillRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("what EF emits, as SQL", Severity.Dangerous, "UPDATE orders SET note = '' WHERE note IS NULL; ALTER TABLE orders ALTER COLUMN note SET NOT NULL")
            .Cured(Deploy([Filled("orders", "note", "''"), .. Proved("orders", "note")])),
        FlaggedOperations("a default beside required", Severity.Dangerous,
            new AlterColumn(Shop.OrdersTable, Shop.Column("note", nullable: false, given: new("''", true)), Shop.Column("note"))).WithRows(4_812_330)
            .Saying("One UPDATE fills note in the NULL rows of orders (4,812,330 rows)")
            .Cured(Deploy([Filled("orders", "note", "''"), .. Proved("orders", "note")])),
        FlaggedOperations("few rows are NULL", Severity.Careful,
            new AlterColumn(Shop.OrdersTable, Shop.Column("note", nullable: false, given: new("''", true)), Shop.Column("note"))).WithRows(4_812_330)
            .Asked(ProbeKind.Nulls, "note", 31, looked: 4_812_330).Saying("31 rows of orders")
            .Cured(Deploy([Filled("orders", "note", "''"), .. Proved("orders", "note")])),
        Flagged("a small table", Severity.Careful, "UPDATE orders SET note = '' WHERE note IS NULL; ALTER TABLE orders ALTER COLUMN note SET NOT NULL").WithRows(900)
            .Cured(Deploy([Filled("orders", "note", "''"), .. Proved("orders", "note")])),
        Allowed("filled in an earlier migration", "UPDATE orders SET note = '' WHERE note IS NULL", "ALTER TABLE orders ALTER COLUMN note SET NOT NULL"),
        Allowed("no default", "ALTER TABLE orders ALTER COLUMN note SET NOT NULL"),
        AllowedOperations("required already", new AlterColumn(Shop.OrdersTable, Shop.Column("qty", "integer", false, new("1", true)), Shop.Column("qty", "integer", false, new("0", true)))),
        Allowed("the table is new", "CREATE TABLE invoices (id bigint PRIMARY KEY, n text); UPDATE invoices SET n = '' WHERE n IS NULL; ALTER TABLE invoices ALTER COLUMN n SET NOT NULL"),
    ];
}
