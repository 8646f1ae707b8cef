using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class FkLocksReferencedTableRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("a new table", Severity.Careful, "CREATE TABLE invoices (id bigint PRIMARY KEY, order_id bigint); ALTER TABLE invoices ADD CONSTRAINT fk FOREIGN KEY (order_id) REFERENCES orders (id)")
            .Saying("writes to orders wait until the migration commits")
            .Cured(Deploy("SET LOCAL lock_timeout = '2s'; CREATE TABLE invoices (id bigint PRIMARY KEY, order_id bigint); ALTER TABLE invoices ADD CONSTRAINT fk FOREIGN KEY (order_id) REFERENCES orders (id)")),
        Flagged("inside the new table", Severity.Careful, "CREATE TABLE invoices (id bigint PRIMARY KEY, order_id bigint REFERENCES orders (id))")
            .Cured(Deploy("SET LOCAL lock_timeout = '2s'; CREATE TABLE invoices (id bigint PRIMARY KEY, order_id bigint REFERENCES orders (id))")),
        Flagged("a column of a new table", Severity.Careful, "CREATE TABLE invoices (id bigint PRIMARY KEY); ALTER TABLE invoices ADD COLUMN order_id bigint REFERENCES orders (id)")
            .Cured(Deploy("SET LOCAL lock_timeout = '2s'; CREATE TABLE invoices (id bigint PRIMARY KEY); ALTER TABLE invoices ADD COLUMN order_id bigint REFERENCES orders (id)")),
        Flagged("a lock timeout before slow work", Severity.Careful,
            "SET LOCAL lock_timeout = '2s'; CREATE TABLE invoices (id bigint PRIMARY KEY, order_id bigint REFERENCES orders (id)); UPDATE orders SET note = 'x'")
            .Cured(Deploy("SET LOCAL lock_timeout = '2s'; CREATE TABLE invoices (id bigint PRIMARY KEY, order_id bigint REFERENCES orders (id))", Filled("orders", "note", "'x'", onlyNulls: false))),
        Allowed("both tables are new", "CREATE TABLE invoices (id bigint PRIMARY KEY); CREATE TABLE lines (id bigint PRIMARY KEY, invoice_id bigint REFERENCES invoices (id))"),
        Allowed("another rule speaks", "ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES customers (id)"),
        Allowed("no lock on the other table", "CREATE TABLE invoices (id INTEGER PRIMARY KEY, order_id INTEGER REFERENCES orders (id))").On(Sqlite),
        Allowed("no reference", "CREATE TABLE invoices (id bigint PRIMARY KEY)"),
    ];
}
