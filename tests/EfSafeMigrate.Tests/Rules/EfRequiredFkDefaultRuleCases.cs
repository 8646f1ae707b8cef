using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class EfRequiredFkDefaultRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        FlaggedOperations("zero", Severity.Dangerous,
            new AddColumn(Shop.OrdersTable, Shop.Column("shop_id", "bigint", false, new("0", true))), new AddForeignKey(Shop.OrdersTable, new("fk_orders_shop", ["shop_id"], Shop.Customers, ["id"])))
            .WithRows(50_211).Saying("orders.shop_id is added as 0 in 50,211 rows")
            .Cured(
                Deploy(
                    "ALTER TABLE orders ADD COLUMN shop_id bigint", "ALTER TABLE orders ADD CONSTRAINT fk_orders_shop FOREIGN KEY (shop_id) REFERENCES customers (id) NOT VALID",
                    Filled("orders", "shop_id", "1"), "ALTER TABLE orders VALIDATE CONSTRAINT fk_orders_shop"),
                Deploy(Proved("orders", "shop_id"))),
        Flagged("an empty Guid", Severity.Dangerous,
            "ALTER TABLE orders ADD COLUMN owner_id uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000'; ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (owner_id) REFERENCES owners (id)")
            .After("CREATE TABLE owners (id uuid PRIMARY KEY)")
            .Cured(
                Deploy(
                    "ALTER TABLE orders ADD COLUMN owner_id uuid", "ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (owner_id) REFERENCES owners (id) NOT VALID",
                    Filled("orders", "owner_id", "(SELECT id FROM owners LIMIT 1)"), "ALTER TABLE orders VALIDATE CONSTRAINT fk"),
                Deploy(Proved("orders", "owner_id"))),
        FlaggedOperations("another engine", Severity.Dangerous,
            new AddColumn(Shop.OrdersTable, Shop.Column("shop_id", "INTEGER", false, new("0", true))), new AddForeignKey(Shop.OrdersTable, new("fk_orders_shop", ["shop_id"], Shop.Customers, ["id"]))).On(Sqlite)
            .Cured(new CuredForm([
                Deploy(
                    CuredMigration.Of(new AddColumn(Shop.OrdersTable, Shop.Column("shop_id", "INTEGER")), new AddForeignKey(Shop.OrdersTable, new("fk_orders_shop", ["shop_id"], Shop.Customers, ["id"]))),
                    "UPDATE orders SET shop_id = 1 WHERE id BETWEEN 1 AND 100000 AND shop_id IS NULL"), Deploy(new AlterColumn(Shop.OrdersTable, Shop.Column("shop_id", "INTEGER", false), Shop.Column("shop_id", "INTEGER")))]).Leaving("set-not-null-scan", "sqlite-table-rebuild")),
        AllowedOperations("nullable", new AddColumn(Shop.OrdersTable, Shop.Column("shop_id", "bigint")), new AddForeignKey(Shop.OrdersTable, new("fk", ["shop_id"], Shop.Customers, ["id"]))),
        AllowedOperations("a chosen value",
            new AddColumn(Shop.OrdersTable, Shop.Column("shop_id", "bigint", false, new("1", true))), new AddForeignKey(Shop.OrdersTable, new("fk", ["shop_id"], Shop.Customers, ["id"]))),
        Allowed("filled in between", "ALTER TABLE orders ADD COLUMN shop_id bigint NOT NULL DEFAULT 0; UPDATE orders SET shop_id = 7; ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (shop_id) REFERENCES customers (id)"),
        Allowed("an empty Guid without a reference", "ALTER TABLE orders ADD COLUMN owner_id uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000'"),
        AllowedOperations("the table is empty",
            new AddColumn(Shop.OrdersTable, Shop.Column("shop_id", "bigint", false, new("0", true))), new AddForeignKey(Shop.OrdersTable, new("fk", ["shop_id"], Shop.Customers, ["id"]))).WithRows(0),
    ];
}
