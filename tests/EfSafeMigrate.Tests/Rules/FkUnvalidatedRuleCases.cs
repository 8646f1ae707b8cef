using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class FkUnvalidatedRuleCases
{
    private const string Unchecked = "SET foreign_key_checks = 0; ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES customers (id), ALGORITHM=INPLACE, LOCK=NONE; SET foreign_key_checks = 1";

    public static IEnumerable<RuleCase> All =>
    [
        Flagged("the check is off", Severity.Careful, Unchecked).On(MySql).Saying("fk is added without a look at orders (size unknown, taken as large): a row without its customers row stays")
            .Cured(Deploy(Unchecked).Looked(ProbeKind.Orphans, Shop.Orders, "customer_id")),
        Flagged("on the other engine", Severity.Careful, "SET @@SESSION.foreign_key_checks = OFF; ALTER TABLE `orders` ADD CONSTRAINT `fk` FOREIGN KEY (`customer_id`) REFERENCES `customers` (`id`)").On(MariaDb)
            .Cured(Deploy(Unchecked).Looked(ProbeKind.Orphans, Shop.Orders, "customer_id")),
        Flagged("orphans are there", Severity.Dangerous, Unchecked).On(MariaDb).WithRows(900).Asked(ProbeKind.Orphans, "customer_id", 12, "7, 9").Saying("12 orphans, first 7, 9 stay, and the key says there is none")
            .Cured(Deploy($"DELETE FROM orders WHERE id IN (7, 9); {Unchecked}").Looked(ProbeKind.Orphans, Shop.Orders, "customer_id")),
        Allowed("the check is on", "ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES customers (id)").On(MySql),
        Allowed("on again", "SET foreign_key_checks = 0; SET foreign_key_checks = 1; ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES customers (id)").On(MySql),
        Allowed("somebody looked", Unchecked).On(MySql).Asked(ProbeKind.Orphans, "customer_id", 0, looked: 5_000_000),
        Allowed("the column is new", $"ALTER TABLE orders ADD buyer_id bigint NULL; {Unchecked.Replace("customer_id", "buyer_id", StringComparison.Ordinal)}").On(MySql),
        Allowed("the table is new", "SET foreign_key_checks = 0; CREATE TABLE invoices (id bigint PRIMARY KEY, customer_id bigint); ALTER TABLE invoices ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES customers (id)").On(MySql),
        Allowed("the table is empty", Unchecked).On(MySql).WithRows(0),
        Allowed("an engine that proves it later", "ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES customers (id) NOT VALID"),
        AllowedOperations("a copy that looks", new AddForeignKey(Shop.OrdersTable, new("fk", ["customer_id"], Shop.Customers, ["id"]))).On(Sqlite),
    ];
}
