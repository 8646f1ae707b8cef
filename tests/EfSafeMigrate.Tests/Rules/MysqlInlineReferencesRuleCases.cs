using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class MysqlInlineReferencesRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("a version that forgets it", Severity.Careful, "ALTER TABLE orders ADD COLUMN buyer_id bigint NULL REFERENCES customers (id)").On(MySql).AtVersion("8.4.3")
            .Saying("REFERENCES customers behind orders.buyer_id is read and forgotten: MySQL 8.4.3 makes no foreign key of it")
            .Cured(Deploy("ALTER TABLE orders ADD COLUMN buyer_id bigint NULL", "SET foreign_key_checks=0; ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (buyer_id) REFERENCES customers (id), ALGORITHM=INPLACE, LOCK=NONE; SET foreign_key_checks=1")),
        Flagged("in a new table", Severity.Careful, "CREATE TABLE invoices (id bigint PRIMARY KEY, customer_id bigint REFERENCES customers (id))").On(MySql).Saying("behind invoices.customer_id")
            .Cured(Deploy("CREATE TABLE invoices (id bigint PRIMARY KEY, customer_id bigint, CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES customers (id))")),
        Flagged("quoted, on an old MariaDB", Severity.Careful, "ALTER TABLE `Orders` ADD COLUMN `buyer_id` bigint NULL REFERENCES `customers` (`id`)").On(MariaDb).AtVersion("10.4.34")
            .Cured(Deploy("ALTER TABLE orders ADD COLUMN buyer_id bigint NULL", "SET foreign_key_checks=0; ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (buyer_id) REFERENCES customers (id), ALGORITHM=INPLACE, LOCK=NONE; SET foreign_key_checks=1")),
        Allowed("MySQL 9", "ALTER TABLE orders ADD COLUMN buyer_id bigint NULL REFERENCES customers (id)").On(MySql).AtVersion("9.0"),
        Allowed("MariaDB", "ALTER TABLE orders ADD COLUMN buyer_id bigint NULL REFERENCES customers (id)").On(MariaDb),
        Allowed("a key of its own", "ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES customers (id)").On(MySql),
        Allowed("an element of a new table", "CREATE TABLE invoices (id bigint PRIMARY KEY, customer_id bigint, FOREIGN KEY (customer_id) REFERENCES customers (id))").On(MySql),
        Allowed("another engine", "ALTER TABLE orders ADD COLUMN buyer_id bigint REFERENCES customers (id)"),
    ];
}
