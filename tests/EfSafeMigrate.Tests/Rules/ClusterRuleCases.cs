using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class ClusterRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("by an index", Severity.Dangerous, "CLUSTER orders USING ix_orders_code").Saying("CLUSTER of orders").Cured(Deploy("CLUSTER orders USING ix_orders_code").WithoutTraffic()),
        Flagged("a large table", Severity.Dangerous, "CLUSTER VERBOSE orders USING ix_orders_code").WithRows(4_812_330).Cured(Deploy("CLUSTER orders USING ix_orders_code").WithoutTraffic()),
        Flagged("a small table", Severity.Careful, "CLUSTER orders USING ix_orders_code").WithRows(900).Cured(Deploy("CLUSTER orders USING ix_orders_code").WithoutTraffic()),
        Allowed("only marked", "ALTER TABLE orders CLUSTER ON ix_orders_code"),
        Allowed("the mark goes", "ALTER TABLE orders SET WITHOUT CLUSTER"),
        Allowed("the table is new", "CREATE TABLE t (a int PRIMARY KEY); CLUSTER t USING t_pkey"),
    ];
}
