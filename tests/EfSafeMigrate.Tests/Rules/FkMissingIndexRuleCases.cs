using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class FkMissingIndexRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("a foreign key is added", Severity.Safe, "ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES customers (id) NOT VALID").Advised().Saying("every DELETE from customers reads all of orders").Cured(Deploy()),
        Flagged("a new table", Severity.Safe, "CREATE TABLE invoices (id bigint PRIMARY KEY, order_id bigint REFERENCES orders (id))").Advised().Cured(Deploy()),
        Flagged("another engine", Severity.Safe, "CREATE TABLE invoices (id INTEGER PRIMARY KEY, order_id INTEGER REFERENCES orders (id))").On(Sqlite).Advised().Cured(Deploy()),
        Allowed("it has one", "ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES customers (id) NOT VALID").After("CREATE INDEX ix_orders_customer_id ON orders (customer_id)").Advised(),
        Allowed("EF builds it right behind", "CREATE TABLE invoices (id bigint PRIMARY KEY, order_id bigint REFERENCES orders (id)); CREATE INDEX ix_invoices_order_id ON invoices (order_id)").Advised(),
        Allowed("a key leads with it", "CREATE TABLE lines (order_id bigint REFERENCES orders (id), no int, PRIMARY KEY (order_id, no))").Advised(),
        Allowed("nobody asked for advice", "ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES customers (id) NOT VALID"),
    ];
}
