using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;

namespace EfSafeMigrate.Tests.Rules;

internal static class EfRequiredFkDefaultRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        FlaggedOperations("zero", Severity.Dangerous,
            new AddColumn(Shop.OrdersTable, Shop.Column("shop_id", "bigint", false, new("0", true))), new AddForeignKey(Shop.OrdersTable, new("fk_orders_shop", ["shop_id"], Shop.Customers, ["id"])))
            .WithRows(50_211).Saying("orders.shop_id is added as 0 in 50,211 rows"),
        Flagged("an empty Guid", Severity.Dangerous,
            "ALTER TABLE orders ADD COLUMN owner_id uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000'; ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (owner_id) REFERENCES owners (id)")
            .After("CREATE TABLE owners (id uuid PRIMARY KEY)"),
        FlaggedOperations("another engine", Severity.Dangerous,
            new AddColumn(Shop.OrdersTable, Shop.Column("shop_id", "INTEGER", false, new("0", true))), new AddForeignKey(Shop.OrdersTable, new("fk_orders_shop", ["shop_id"], Shop.Customers, ["id"]))).On(Sqlite),
        AllowedOperations("nullable", new AddColumn(Shop.OrdersTable, Shop.Column("shop_id", "bigint")), new AddForeignKey(Shop.OrdersTable, new("fk", ["shop_id"], Shop.Customers, ["id"]))),
        AllowedOperations("a chosen value",
            new AddColumn(Shop.OrdersTable, Shop.Column("shop_id", "bigint", false, new("1", true))), new AddForeignKey(Shop.OrdersTable, new("fk", ["shop_id"], Shop.Customers, ["id"]))),
        Allowed("filled in between", "ALTER TABLE orders ADD COLUMN shop_id bigint NOT NULL DEFAULT 0; UPDATE orders SET shop_id = 7; ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (shop_id) REFERENCES customers (id)"),
        Allowed("an empty Guid without a reference", "ALTER TABLE orders ADD COLUMN owner_id uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000'"),
        AllowedOperations("the table is empty",
            new AddColumn(Shop.OrdersTable, Shop.Column("shop_id", "bigint", false, new("0", true))), new AddForeignKey(Shop.OrdersTable, new("fk", ["shop_id"], Shop.Customers, ["id"]))).WithRows(0),
    ];
}
