using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;

namespace EfSafeMigrate.Tests.Rules;

internal static class AddFkValidatingRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("a large table", Severity.Dangerous, "ALTER TABLE orders ADD CONSTRAINT fk_orders_customers FOREIGN KEY (customer_id) REFERENCES customers (id)").WithRows(4_812_330)
            .Saying("stops every INSERT, UPDATE and DELETE on orders and customers"),
        Flagged("with an action", Severity.Dangerous, "ALTER TABLE orders ADD CONSTRAINT fk_orders_customers FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE"),
        Flagged("orphans exist", Severity.Dangerous, "ALTER TABLE orders ADD CONSTRAINT fk_orders_customers FOREIGN KEY (customer_id) REFERENCES customers (id)").WithRows(900)
            .Asked(ProbeKind.Orphans, "customer_id", 12, "7, 9").Saying("it fails on 12 orphans, first 7, 9"),
        Flagged("a small table", Severity.Careful, "ALTER TABLE orders ADD CONSTRAINT fk_orders_customers FOREIGN KEY (customer_id) REFERENCES customers (id)").WithRows(900),
        Allowed("not valid", "ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES customers (id) NOT VALID"),
        Allowed("validated later", "ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES customers (id) NOT VALID", "ALTER TABLE orders VALIDATE CONSTRAINT fk"),
        Allowed("both tables are new", "CREATE TABLE invoices (id bigint PRIMARY KEY); CREATE TABLE lines (id bigint PRIMARY KEY, invoice_id bigint); ALTER TABLE lines ADD CONSTRAINT fk FOREIGN KEY (invoice_id) REFERENCES invoices (id)"),
        Allowed("inline with a nullable column", "ALTER TABLE orders ADD COLUMN buyer_id bigint REFERENCES customers (id)"),
        Flagged("MySQL copies the table", Severity.Dangerous, "ALTER TABLE `orders` ADD CONSTRAINT `fk` FOREIGN KEY (`customer_id`) REFERENCES `customers` (`id`)").On(MySql).WithRows(4_812_330)
            .Saying("Adding fk copies every row of orders (4,812,330 rows) and stops every INSERT, UPDATE and DELETE on orders and customers"),
        Flagged("MariaDB copies it as well", Severity.Dangerous, "ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE").On(MariaDb),
        Allowed("without the check", "SET foreign_key_checks=0; ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES customers (id)").On(MySql),
        AllowedOperations("the provider copies the table", new AddForeignKey(Shop.OrdersTable, new("fk", ["customer_id"], Shop.Customers, ["id"]))).On(Sqlite),
        Flagged("SQL Server", Severity.Dangerous, "ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE").OnSqlServer()
            .Saying("stops every read and write of orders and customers"),
        Allowed("SQL Server, unchecked", "ALTER TABLE orders WITH NOCHECK ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES customers (id)").OnSqlServer(),
    ];
}
