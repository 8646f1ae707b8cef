using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class ReindexBlockingRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("a table", Severity.Dangerous, "REINDEX TABLE orders").Saying("REINDEX of orders"),
        Flagged("an index", Severity.Dangerous, "REINDEX INDEX ix_orders_code").WithRows(4_812_330).Saying("REINDEX of ix_orders_code"),
        Flagged("the option is switched off", Severity.Dangerous, "REINDEX (CONCURRENTLY false) TABLE orders"),
        Flagged("a small table", Severity.Careful, "REINDEX TABLE orders").WithRows(900),
        Allowed("concurrently", "REINDEX TABLE CONCURRENTLY orders").Outside(),
        Allowed("the option", "REINDEX (CONCURRENTLY) INDEX ix_orders_code").Outside(),
        Allowed("the table is new", "CREATE TABLE t (a int PRIMARY KEY); REINDEX TABLE t"),
    ];
}
