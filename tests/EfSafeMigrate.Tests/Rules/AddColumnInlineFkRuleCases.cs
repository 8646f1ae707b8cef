using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class AddColumnInlineFkRuleCases
{
    private static readonly CuredForm Apart = new([Deploy(
        "ALTER TABLE orders ADD COLUMN buyer_id bigint",
        "SET LOCAL lock_timeout = '2s'; ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (buyer_id) REFERENCES customers (id) NOT VALID",
        "ALTER TABLE orders VALIDATE CONSTRAINT fk")]);

    private static readonly CuredForm Validated = new([Deploy(
        "ALTER TABLE orders ADD COLUMN buyer_id bigint DEFAULT 1",
        "ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (buyer_id) REFERENCES customers (id) NOT VALID",
        "ALTER TABLE orders VALIDATE CONSTRAINT fk")]);

    public static IEnumerable<RuleCase> All =>
    [
        Flagged("a nullable column", Severity.Careful, "ALTER TABLE orders ADD COLUMN buyer_id bigint REFERENCES customers (id)").Saying("writes to customers wait with it").Cured(Apart),
        Flagged("with a default", Severity.Dangerous, "ALTER TABLE orders ADD COLUMN buyer_id bigint DEFAULT 1 REFERENCES customers (id)").WithRows(4_812_330).Saying("every row is looked up").Cured(Validated),
        Flagged("with a default, a small table", Severity.Careful, "ALTER TABLE orders ADD COLUMN buyer_id bigint DEFAULT 1 REFERENCES customers (id)").WithRows(900).Cured(Validated),
        Flagged("a lock timeout before slow work", Severity.Careful, "SET LOCAL lock_timeout = '2s'; ALTER TABLE orders ADD COLUMN buyer_id bigint REFERENCES customers (id); UPDATE orders SET note = 'x'")
            .Cured(Deploy("SET LOCAL lock_timeout = '2s'; ALTER TABLE orders ADD COLUMN buyer_id bigint REFERENCES customers (id)", Filled("orders", "note", "'x'", onlyNulls: false))),
        Flagged("an engine that copies the table for it", Severity.Dangerous, "ALTER TABLE orders ADD COLUMN buyer_id bigint NULL REFERENCES customers (id)").On("mariadb").Saying("every row is copied")
            .Cured(Deploy("ALTER TABLE orders ADD COLUMN buyer_id bigint NULL")),
        Allowed("a lock timeout in a short migration", "SET LOCAL lock_timeout = '2s'; ALTER TABLE orders ADD COLUMN buyer_id bigint REFERENCES customers (id)"),
        Allowed("the key stands alone", "ALTER TABLE orders ADD COLUMN buyer_id bigint; ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (buyer_id) REFERENCES customers (id) NOT VALID"),
        Allowed("the table is new", "CREATE TABLE invoices (id bigint PRIMARY KEY); CREATE TABLE lines (id bigint PRIMARY KEY); ALTER TABLE lines ADD COLUMN invoice_id bigint REFERENCES invoices (id)"),
        Allowed("an engine that reads it and forgets", "ALTER TABLE orders ADD COLUMN buyer_id bigint NULL REFERENCES customers (id)").On("mysql"),
        Allowed("an engine without locks on the other table", "ALTER TABLE orders ADD COLUMN buyer_id INTEGER REFERENCES customers (id)").On(Sqlite),
    ];
}
