using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class ValidateLongScanRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("a CHECK", Severity.Safe, "ALTER TABLE orders VALIDATE CONSTRAINT ck").After("ALTER TABLE orders ADD CONSTRAINT ck CHECK (qty >= 0) NOT VALID").Advised().Cured(Deploy()),
        Flagged("a foreign key", Severity.Safe, "ALTER TABLE orders VALIDATE CONSTRAINT fk").After("ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES customers (id) NOT VALID").Advised().Cured(Deploy()),
        Flagged("a large table", Severity.Safe, "ALTER TABLE orders VALIDATE CONSTRAINT ck").After("ALTER TABLE orders ADD CONSTRAINT ck CHECK (qty >= 0) NOT VALID").Advised().WithRows(4_812_330).Saying("4,812,330 rows").Cured(Deploy()),
        Allowed("a small table", "ALTER TABLE orders VALIDATE CONSTRAINT ck").After("ALTER TABLE orders ADD CONSTRAINT ck CHECK (qty >= 0) NOT VALID").Advised().WithRows(900),
        Allowed("validated already", "ALTER TABLE orders VALIDATE CONSTRAINT ck").After("ALTER TABLE orders ADD CONSTRAINT ck CHECK (qty >= 0)").Advised(),
        Allowed("nobody asked for advice", "ALTER TABLE orders VALIDATE CONSTRAINT ck").After("ALTER TABLE orders ADD CONSTRAINT ck CHECK (qty >= 0) NOT VALID"),
    ];
}
