using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class SqliteTableRebuildRuleCases
{
    private const string Copy = """
        CREATE TABLE ef_temp_orders (id INTEGER PRIMARY KEY, customer_id INTEGER, qty INTEGER NOT NULL DEFAULT 1, total TEXT, note TEXT, code TEXT, number INTEGER, status TEXT);
        INSERT INTO ef_temp_orders SELECT id, customer_id, qty, total, note, code, number, status FROM orders;
        DROP TABLE orders;
        ALTER TABLE ef_temp_orders RENAME TO orders;
        """;

    public static IEnumerable<RuleCase> All =>
    [
        FlaggedOperations("a column changes", Severity.Careful, new AlterColumn(Shop.OrdersTable, Shop.Column("number", "TEXT"), Shop.Column("number", "INTEGER")))
            .On(Sqlite).WithRows(50_000).Saying("orders (50,000 rows) is copied into a new table")
            .Cured(Deploy(new AlterColumn(Shop.OrdersTable, Shop.Column("number", "TEXT"), Shop.Column("number", "INTEGER"))).WithoutTraffic()),
        FlaggedOperations("a foreign key is added", Severity.Careful, new AddForeignKey(Shop.OrdersTable, new("fk", ["customer_id"], Shop.Customers, ["id"]))).On(Sqlite)
            .Saying("one row without its customers row makes it fail")
            .Cured(Deploy(new AddForeignKey(Shop.OrdersTable, new("fk", ["customer_id"], Shop.Customers, ["id"]))).WithoutTraffic().Looked(ProbeKind.Orphans, Shop.Orders, "customer_id")),
        FlaggedOperations("the table has a trigger", Severity.Dangerous, new DropColumn(Shop.OrdersTable, "note")).On(Sqlite)
            .After("CREATE TRIGGER tr_orders AFTER INSERT ON orders BEGIN SELECT 1; END").Saying("the copy has no tr_orders")
            .Cured(new CuredForm([Deploy(new DropColumn(Shop.OrdersTable, "note"), "CREATE TRIGGER tr_orders AFTER INSERT ON orders BEGIN SELECT 1; END").WithoutTraffic()]).Leaving("drop-column")),
        Flagged("by hand", Severity.Careful, Copy).On(Sqlite)
            .Cured(Deploy(Copy).WithoutTraffic()),
        Allowed("a column is added", "ALTER TABLE orders ADD COLUMN memo TEXT").On(Sqlite),
        Allowed("the engine's own statement", "ALTER TABLE orders DROP COLUMN note").On(Sqlite),
        AllowedOperations("the table is new", new CreateTable(new(new(null, "invoices"), [Shop.Column("id", "INTEGER", false)])), new AddCheckConstraint(new(null, "invoices"), new("ck", "id > 0"))).On(Sqlite),
        AllowedOperations("an engine that alters in place", new AlterColumn(Shop.OrdersTable, Shop.Column("qty", "bigint", false), Shop.Column("qty", "integer", false))),
    ];
}
