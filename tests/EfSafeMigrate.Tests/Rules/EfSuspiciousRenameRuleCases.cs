using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class EfSuspiciousRenameRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        FlaggedOperations("two renames that swap", Severity.Dangerous,
            new RenameColumn(Shop.OrdersTable, "street", "town"), new RenameColumn(Shop.OrdersTable, "city", "street_line"))
            .WithRows(50_211).Saying("By name it is more likely street → street_line and city → town")
            .Cured([.. Beside("orders", "street", "street_line", "text"), .. Beside("orders", "city", "town", "text")]),
        FlaggedOperations("no word in common", Severity.Dangerous, new RenameColumn(Shop.OrdersTable, "note", "to_delete"))
            .WithRows(50_211).Saying("the names share no word")
            .Cured(Beside("orders", "note", "to_delete", "text"))
            .Cured([Deploy("ALTER TABLE orders ADD COLUMN to_delete text"), .. Retired("orders", "note")]),
        FlaggedOperations("only a particle in common", Severity.Dangerous, new RenameColumn(Shop.OrdersTable, "customer_id", "owner_id"))
            .Cured(Beside("orders", "customer_id", "owner_id", "bigint"))
            .Cured([Deploy("ALTER TABLE orders ADD COLUMN owner_id bigint"), .. Retired("orders", "customer_id")]),
        FlaggedOperations("a dropped column resembles the new one more", Severity.Dangerous,
            new DropColumn(Shop.OrdersTable, "note"), new RenameColumn(Shop.OrdersTable, "status", "notes")).Saying("note → notes")
            .Cured([.. Beside("orders", "note", "notes", "text"), .. Retired("orders", "status")]),
        Flagged("a swap written by hand", Severity.Dangerous, "ALTER TABLE orders RENAME COLUMN street TO town; ALTER TABLE orders RENAME COLUMN city TO street_line")
            .Cured(new CuredForm([Deploy("ALTER TABLE orders RENAME COLUMN street TO street_line; ALTER TABLE orders RENAME COLUMN city TO town")]).Leaving("rename-column")),
        AllowedOperations("a word in common", new RenameColumn(Shop.OrdersTable, "number", "order_number")),
        AllowedOperations("an abbreviation", new RenameColumn(Shop.OrdersTable, "qty", "quantity")),
        AllowedOperations("two honest renames", new RenameColumn(Shop.OrdersTable, "street", "street_line"), new RenameColumn(Shop.OrdersTable, "city", "city_name")),
        AllowedOperations("the primary key", new RenameColumn(Shop.OrdersTable, "id", "number_key")),
        AllowedOperations("the same reference",
            new DropForeignKey(Shop.OrdersTable, "fk"), new RenameColumn(Shop.OrdersTable, "customer_id", "owner_id"),
            new AddForeignKey(Shop.OrdersTable, new("fk2", ["owner_id"], Shop.Customers, ["id"])))
            .After("ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES customers (id)"),
        Allowed("a person wrote it", "ALTER TABLE orders RENAME COLUMN note TO remark"),
        AllowedOperations("the column is new", new AddColumn(Shop.OrdersTable, Shop.Column("memo")), new RenameColumn(Shop.OrdersTable, "memo", "remark")),
    ];
}
