using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class AddColumnInlineUniqueRuleCases
{
    private static readonly CuredForm Form = new(
        [Deploy("ALTER TABLE orders ADD COLUMN ticket text", Concurrently("orders", "ak_orders_ticket", "ticket"), "ALTER TABLE orders ADD CONSTRAINT ak_orders_ticket UNIQUE USING INDEX ak_orders_ticket")]);

    public static IEnumerable<RuleCase> All =>
    [
        Flagged("a nullable column", Severity.Dangerous, "ALTER TABLE orders ADD COLUMN ticket text UNIQUE").WithRows(4_812_330)
            .Saying("stops every read and write of orders").Cured(Form),
        Flagged("with a name", Severity.Dangerous, "ALTER TABLE orders ADD COLUMN ticket text CONSTRAINT ak_orders_ticket UNIQUE").Cured(Form),
        Flagged("a small table", Severity.Careful, "ALTER TABLE orders ADD ticket text UNIQUE").WithRows(900).Cured(Form),
        Allowed("in two steps", "ALTER TABLE orders ADD COLUMN ticket text"),
        Allowed("the table is new", "CREATE TABLE invoices (id bigint PRIMARY KEY); ALTER TABLE invoices ADD COLUMN n text UNIQUE"),
        Allowed("the constraint stands alone", "ALTER TABLE orders ADD CONSTRAINT ak_orders_code UNIQUE (code)"),
        Allowed("another engine builds it while writers go on", "ALTER TABLE orders ADD COLUMN ticket varchar(20) UNIQUE").On("mysql"),
    ];
}
