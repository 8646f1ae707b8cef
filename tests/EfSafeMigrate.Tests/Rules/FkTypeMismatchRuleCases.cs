using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class FkTypeMismatchRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("a narrower number", Severity.Careful, "ALTER TABLE orders ADD COLUMN buyer_id integer; ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (buyer_id) REFERENCES customers (id) NOT VALID")
            .Saying("orders.buyer_id is integer and references customers.id, which is bigint").Cured(Deploy("ALTER TABLE orders ADD COLUMN buyer_id bigint; ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (buyer_id) REFERENCES customers (id) NOT VALID")),
        Flagged("in a new table", Severity.Careful, "SET LOCAL lock_timeout = '2s'; CREATE TABLE invoices (id bigint PRIMARY KEY, order_id integer REFERENCES orders (id))")
            .Cured(Deploy("SET LOCAL lock_timeout = '2s'; CREATE TABLE invoices (id bigint PRIMARY KEY, order_id bigint REFERENCES orders (id))")),
        Flagged("without naming the key", Severity.Careful, "SET LOCAL lock_timeout = '2s'; ALTER TABLE orders ADD COLUMN buyer_id smallint REFERENCES customers")
            .Cured(Deploy("SET LOCAL lock_timeout = '2s'; ALTER TABLE orders ADD COLUMN buyer_id bigint REFERENCES customers")),
        Flagged("another engine", Severity.Careful, "CREATE TABLE invoices (id INTEGER PRIMARY KEY, order_id TEXT REFERENCES orders (id))").On(Sqlite)
            .Cured(Deploy("CREATE TABLE invoices (id INTEGER PRIMARY KEY, order_id INTEGER REFERENCES orders (id))")),
        Allowed("the same type in other words", "ALTER TABLE orders ADD COLUMN buyer_id int8; ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (buyer_id) REFERENCES customers (id) NOT VALID"),
        Allowed("texts of other lengths", "ALTER TABLE orders ADD COLUMN mail text; ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (mail) REFERENCES customers (email) NOT VALID").After("ALTER TABLE customers ADD CONSTRAINT ak UNIQUE (email)"),
        Allowed("both tables are new and alike", "CREATE TABLE invoices (id integer PRIMARY KEY); CREATE TABLE lines (id bigint PRIMARY KEY, invoice_id integer REFERENCES invoices (id))"),
        Allowed("the same type on another engine", "CREATE TABLE invoices (id INTEGER PRIMARY KEY, order_id INTEGER REFERENCES orders (id))").On(Sqlite),
        Allowed("a key over known columns", "ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES customers (id) NOT VALID"),
    ];
}
