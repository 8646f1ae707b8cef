using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class WideLockWindowRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("two tables", Severity.Careful, "ALTER TABLE orders ADD COLUMN memo text; ALTER TABLE customers ADD COLUMN memo text").Saying("ACCESS EXCLUSIVE is asked for on customers while orders is under it")
            .Cured(Deploy("ALTER TABLE orders ADD COLUMN memo text", "ALTER TABLE customers ADD COLUMN memo text")),
        Flagged("three tables, said once", Severity.Careful, "ALTER TABLE orders ADD COLUMN memo text; ALTER TABLE customers ADD COLUMN memo text; ALTER TABLE logs ADD COLUMN memo text")
            .Cured(Deploy("ALTER TABLE orders ADD COLUMN memo text", "ALTER TABLE customers ADD COLUMN memo text", "ALTER TABLE logs ADD COLUMN memo text")),
        FlaggedOperations("as EF says it", Severity.Careful, new AddColumn(Shop.OrdersTable, Shop.Column("memo")), new AddColumn(Shop.OrdersTable, Shop.Column("memo2")), new AddColumn(Shop.Customers, Shop.Column("memo")))
            .Cured(Deploy(new AddColumn(Shop.OrdersTable, Shop.Column("memo")), new AddColumn(Shop.Customers, Shop.Column("memo")))),
        Allowed("one table", "ALTER TABLE orders ADD COLUMN memo text; ALTER TABLE orders ADD COLUMN memo2 text; ALTER TABLE orders ALTER COLUMN qty SET DEFAULT 1"),
        Allowed("two migrations", "ALTER TABLE orders ADD COLUMN memo text", "ALTER TABLE customers ADD COLUMN memo text"),
        Allowed("the other one is new", "CREATE TABLE t (a int); ALTER TABLE orders ADD COLUMN memo text; ALTER TABLE t ADD COLUMN memo text"),
        Allowed("the second lets readers through", "ALTER TABLE orders ADD COLUMN memo text; ALTER TABLE customers SET (fillfactor = 70)"),
        Allowed("committed in between", "ALTER TABLE orders ADD COLUMN memo text; COMMIT; ALTER TABLE customers ADD COLUMN memo text"),
        Allowed("the table only has another name", "ALTER TABLE orders RENAME TO purchases; ALTER TABLE purchases ADD COLUMN memo text"),
        Allowed("an engine with one writer", "ALTER TABLE orders ADD COLUMN memo TEXT; ALTER TABLE customers ADD COLUMN memo TEXT").On(Sqlite),
    ];
}
