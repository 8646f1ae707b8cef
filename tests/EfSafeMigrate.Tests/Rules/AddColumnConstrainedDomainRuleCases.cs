using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class AddColumnConstrainedDomainRuleCases
{
    private const string Domain = "CREATE DOMAIN sku AS text CHECK (length(VALUE) < 40)";

    private static readonly CuredForm Form = new([Deploy(
        "ALTER TABLE orders ADD COLUMN sku text", "ALTER TABLE orders ADD CONSTRAINT ck_sku CHECK (length(sku) < 40) NOT VALID", "ALTER TABLE orders VALIDATE CONSTRAINT ck_sku")]);

    public static IEnumerable<RuleCase> All =>
    [
        Flagged("a domain with a CHECK", Severity.Dangerous, "ALTER TABLE orders ADD COLUMN sku sku").WithRows(4_812_330).After(Domain).Saying("of the domain sku").Cured(Form),
        Flagged("with a constant default", Severity.Dangerous, "ALTER TABLE orders ADD COLUMN sku sku DEFAULT 'x'").After(Domain).Cured(Form),
        Flagged("a small table", Severity.Careful, "ALTER TABLE orders ADD COLUMN sku sku").WithRows(900).After(Domain).Cured(Form),
        Allowed("a domain without a rule", "ALTER TABLE orders ADD COLUMN sku sku").After("CREATE DOMAIN sku AS text"),
        Allowed("the base type", "ALTER TABLE orders ADD COLUMN sku text").After(Domain),
        Allowed("the table is new", "CREATE TABLE invoices (id bigint PRIMARY KEY); ALTER TABLE invoices ADD COLUMN sku sku").After(Domain),
    ];
}
