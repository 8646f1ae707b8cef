using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class ReplaceIndexOrderRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("in one transaction", Severity.Careful, "DROP INDEX ix_orders_code; CREATE INDEX ix_orders_code_qty ON orders (code, qty)").Saying("reads and writes of orders wait from the drop until the build ends"),
        Flagged("in two migrations", Severity.Careful, "DROP INDEX ix_orders_code", "CREATE INDEX ix_orders_code_status ON orders (code, status)").Saying("its queries read every row"),
        Flagged("concurrently, in the wrong order", Severity.Careful, "DROP INDEX CONCURRENTLY ix_orders_code; CREATE INDEX CONCURRENTLY ix_orders_code_qty ON orders (code, qty)").Outside(),
        Flagged("under the same name", Severity.Careful, "DROP INDEX ix_orders_code; CREATE INDEX ix_orders_code ON orders (code) INCLUDE (qty)").Saying("is dropped and built anew")
            .Cured(Deploy(Outside("CREATE INDEX CONCURRENTLY ix_orders_code_new ON orders (code) INCLUDE (qty)"), Outside("DROP INDEX CONCURRENTLY ix_orders_code"), "ALTER INDEX ix_orders_code_new RENAME TO ix_orders_code")),
        Allowed("built first", "CREATE INDEX CONCURRENTLY ix_orders_code_qty ON orders (code, qty); DROP INDEX CONCURRENTLY ix_orders_code").Outside(),
        Allowed("another index does it meanwhile", "DROP INDEX ix_orders_code; CREATE INDEX ix_orders_code_qty ON orders (code, qty)").After("CREATE INDEX ix_orders_code_city ON orders (code, city)"),
        Allowed("the new one begins with another column", "DROP INDEX ix_orders_code; CREATE INDEX ix_orders_qty_code ON orders (qty, code)"),
        Allowed("a small table", "DROP INDEX ix_orders_code; CREATE INDEX ix_orders_code_qty ON orders (code, qty)").WithRows(900),
        Allowed("the table is new", "CREATE TABLE t (a int, b int); CREATE INDEX ix_t ON t (a); DROP INDEX ix_t; CREATE INDEX ix_t2 ON t (a, b)"),
        Allowed("readers of another engine go on", "DROP INDEX ix_orders_code; CREATE INDEX ix_orders_code_qty ON orders (code, qty)").On(Sqlite),
    ];
}
