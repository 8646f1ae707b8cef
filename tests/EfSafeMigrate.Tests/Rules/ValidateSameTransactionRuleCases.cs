using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class ValidateSameTransactionRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("a foreign key", Severity.Dangerous, "ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES customers (id) NOT VALID; ALTER TABLE orders VALIDATE CONSTRAINT fk").Saying("has taken SHARE ROW EXCLUSIVE on orders"),
        Flagged("a CHECK", Severity.Dangerous, "ALTER TABLE orders ADD CONSTRAINT ck CHECK (qty >= 0) NOT VALID; ALTER TABLE orders VALIDATE CONSTRAINT ck").WithRows(4_812_330).Saying("every read and write of orders waits"),
        Flagged("a small table", Severity.Careful, "ALTER TABLE orders ADD CONSTRAINT ck CHECK (qty >= 0) NOT VALID; ALTER TABLE orders VALIDATE CONSTRAINT ck").WithRows(900),
        Flagged("another change of the table before", Severity.Dangerous, "ALTER TABLE orders ADD COLUMN memo text; ALTER TABLE orders VALIDATE CONSTRAINT ck").After("ALTER TABLE orders ADD CONSTRAINT ck CHECK (qty >= 0) NOT VALID"),
        Allowed("in the next migration", "ALTER TABLE orders ADD CONSTRAINT ck CHECK (qty >= 0) NOT VALID", "ALTER TABLE orders VALIDATE CONSTRAINT ck"),
        Allowed("alone", "ALTER TABLE orders VALIDATE CONSTRAINT ck").After("ALTER TABLE orders ADD CONSTRAINT ck CHECK (qty >= 0) NOT VALID"),
        Allowed("committed in between", "ALTER TABLE orders ADD CONSTRAINT ck CHECK (qty >= 0) NOT VALID; COMMIT; ALTER TABLE orders VALIDATE CONSTRAINT ck"),
        Allowed("the table is new", "CREATE TABLE t (a int); ALTER TABLE t ADD CONSTRAINT ck CHECK (a > 0) NOT VALID; ALTER TABLE t VALIDATE CONSTRAINT ck"),
    ];
}
