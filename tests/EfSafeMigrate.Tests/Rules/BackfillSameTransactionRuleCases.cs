using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class BackfillSameTransactionRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("a column is added and filled", Severity.Dangerous, "ALTER TABLE orders ADD COLUMN memo text; UPDATE orders SET memo = note").WithRows(4_812_330).Saying("orders is under ACCESS EXCLUSIVE since an earlier change")
            .Cured(Deploy("ALTER TABLE orders ADD COLUMN memo text", Filled("orders", "memo", "note"))),
        Flagged("the rows of another table", Severity.Dangerous, "ALTER TABLE customers ADD COLUMN memo text; UPDATE orders SET note = 'x' WHERE note IS NULL").Saying("reads of customers wait as well")
            .Cured(Deploy("ALTER TABLE customers ADD COLUMN memo text", Filled("orders", "note", "'x'"))),
        Flagged("rows are copied out", Severity.Dangerous, "ALTER TABLE orders ADD COLUMN memo text; CREATE TABLE streets (id bigint PRIMARY KEY, street text); INSERT INTO streets SELECT id, street FROM orders")
            .Cured(new CuredForm([Deploy("CREATE TABLE streets (id bigint PRIMARY KEY, street text)", "INSERT INTO streets SELECT id, street FROM orders WHERE id BETWEEN 1 AND 1000", "ALTER TABLE orders ADD COLUMN memo text")])),
        Flagged("rows are deleted", Severity.Dangerous, "ALTER TABLE orders ADD COLUMN memo text; DELETE FROM orders WHERE note IS NULL").WithRows(50_000)
            .Cured(Deploy("ALTER TABLE orders ADD COLUMN memo text")),
        Allowed("a migration of its own", "ALTER TABLE orders ADD COLUMN memo text", "UPDATE orders SET memo = note"),
        Allowed("the rows first", "UPDATE orders SET note = 'x'; ALTER TABLE orders ADD COLUMN memo text"),
        Allowed("one row", "ALTER TABLE orders ADD COLUMN memo text; UPDATE orders SET memo = 'x' WHERE id = 7"),
        Allowed("the altered table is new", "CREATE TABLE t (a int); ALTER TABLE t ADD COLUMN b int; UPDATE orders SET note = 'x'"),
        Allowed("the rows are those of a new table", "ALTER TABLE orders ADD COLUMN memo text; CREATE TABLE t (a int, b int); UPDATE t SET b = a"),
        AllowedOperations("seeded rows", new AddColumn(Shop.OrdersTable, Shop.Column("memo")), new UpdateData(Shop.OrdersTable, ["memo"], 3)),
    ];
}
