using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class DomainConstraintRuleCases
{
    private const string Domain = "CREATE DOMAIN sku_t AS text; ALTER TABLE orders ADD COLUMN sku sku_t";

    public static IEnumerable<RuleCase> All =>
    [
        Flagged("a CHECK is added", Severity.Dangerous, "ALTER DOMAIN sku_t ADD CONSTRAINT ck_sku CHECK (VALUE <> '')").After(Domain).Saying("reads every row of orders"),
        Flagged("NULL is forbidden", Severity.Dangerous, "ALTER DOMAIN sku_t SET NOT NULL").After($"{Domain}; UPDATE orders SET sku = 'x'")
            .Cured(Deploy("ALTER DOMAIN sku_t SET NOT NULL").WithoutTraffic()),
        Flagged("a small table", Severity.Careful, "ALTER DOMAIN sku_t ADD CONSTRAINT ck_sku CHECK (VALUE <> '')").After(Domain).WithRows(900),
        Allowed("not validated", "ALTER DOMAIN sku_t ADD CONSTRAINT ck_sku CHECK (VALUE <> '') NOT VALID").After(Domain),
        Allowed("nobody uses it", "ALTER DOMAIN sku_t ADD CONSTRAINT ck_sku CHECK (VALUE <> '')").After("CREATE DOMAIN sku_t AS text"),
        Allowed("a new table uses it", "CREATE TABLE t (sku sku_t); ALTER DOMAIN sku_t ADD CONSTRAINT ck_sku CHECK (VALUE <> '')").After("CREATE DOMAIN sku_t AS text"),
        Allowed("a default", "ALTER DOMAIN sku_t SET DEFAULT 'x'").After(Domain),
    ];
}
