using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class DropPrimaryKeyRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("without a new one", Severity.Dangerous, "ALTER TABLE orders DROP CONSTRAINT orders_pkey").Saying("nothing keeps the rows of orders")
            .Cured(LeftOut)
            .Cured(new CuredForm([Deploy([
                Concurrently("orders", "pk_orders", "number"), Concurrently("orders", "ux_orders_id", "id"), .. Proved("orders", "number"),
                "ALTER TABLE orders DROP CONSTRAINT orders_pkey; ALTER TABLE orders ADD CONSTRAINT pk_orders PRIMARY KEY USING INDEX pk_orders"])]).Leaving("unique-data-dependent")),
        FlaggedOperations("built again for its name", Severity.Dangerous,
            new DropPrimaryKey(Shop.OrdersTable, "orders_pkey"), new AddPrimaryKey(Shop.OrdersTable, new("pk_orders", ["id"]))).Saying("only for the name pk_orders")
            .Cured(LeftOut)
            .Cured(Deploy("ALTER TABLE orders RENAME CONSTRAINT orders_pkey TO pk_orders")),
        FlaggedOperations("over other columns", Severity.Dangerous,
            new DropPrimaryKey(Shop.OrdersTable, "orders_pkey"), new AddPrimaryKey(Shop.OrdersTable, new("pk_orders", ["number"]))).Saying("moves to number")
            .Cured(LeftOut)
            .Cured(new CuredForm([Deploy([
                Concurrently("orders", "pk_orders", "number"), Concurrently("orders", "ux_orders_id", "id"), .. Proved("orders", "number"),
                "ALTER TABLE orders DROP CONSTRAINT orders_pkey; ALTER TABLE orders ADD CONSTRAINT pk_orders PRIMARY KEY USING INDEX pk_orders"])]).Leaving("unique-data-dependent")),
        FlaggedOperations("with its table renamed", Severity.Dangerous,
            new DropPrimaryKey(Shop.OrdersTable, "orders_pkey"), new RenameTable(Shop.OrdersTable, new(null, "sales")), new AddPrimaryKey(new(null, "sales"), new("pk_sales", ["id"])))
            .Saying("only for the name pk_sales")
            .Cured(new CuredForm([Deploy("ALTER TABLE orders RENAME CONSTRAINT orders_pkey TO pk_sales; ALTER TABLE orders RENAME TO sales")]).Leaving("rename-table")),
        Allowed("the table is new", "CREATE TABLE invoices (id bigint, CONSTRAINT pk PRIMARY KEY (id)); ALTER TABLE invoices DROP CONSTRAINT pk"),
        Allowed("a unique constraint is dropped", "ALTER TABLE orders DROP CONSTRAINT ak").After("ALTER TABLE orders ADD CONSTRAINT ak UNIQUE (number)"),
        Allowed("the constraint is renamed", "ALTER TABLE orders RENAME CONSTRAINT orders_pkey TO pk_orders"),
    ];
}
