using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class AddUniqueConstraintRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("a large table", Severity.Dangerous, "ALTER TABLE orders ADD CONSTRAINT ak_orders_code UNIQUE (code)").WithRows(4_812_330)
            .Saying("stops every read and write of orders"),
        Flagged("two columns", Severity.Dangerous, "ALTER TABLE orders ADD CONSTRAINT ak_orders_code_number UNIQUE (code, number)"),
        Flagged("a small table", Severity.Careful, "ALTER TABLE orders ADD CONSTRAINT ak_orders_code UNIQUE (code)").WithRows(900),
        Allowed("an index is adopted", "ALTER TABLE orders ADD CONSTRAINT ak_orders_code UNIQUE USING INDEX ux_orders_code").After("CREATE UNIQUE INDEX ux_orders_code ON orders (code)"),
        Allowed("the table is new", "CREATE TABLE invoices (id bigint PRIMARY KEY, n text); ALTER TABLE invoices ADD CONSTRAINT ak UNIQUE (n)"),
        Allowed("a unique index instead", "CREATE UNIQUE INDEX CONCURRENTLY ux_orders_code ON orders (code)").Outside(),
        Flagged("SQL Server", Severity.Dangerous, "ALTER TABLE orders ADD CONSTRAINT ak_orders_number UNIQUE (number)").OnSqlServer("Developer").Saying("stops every read and write of orders"),
        Allowed("SQL Server, online", "ALTER TABLE orders ADD CONSTRAINT ak_orders_number UNIQUE (number) WITH (ONLINE = ON)").OnSqlServer("Developer"),
    ];
}
