using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class DropIndexBlockingRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("an index", Severity.Careful, "DROP INDEX ix_orders_code").Saying("takes ACCESS EXCLUSIVE on orders"),
        Flagged("as EF says it", Severity.Careful, "DROP INDEX \"ix_orders_code\"").WithRows(900),
        Flagged("of a partitioned table", Severity.Careful, "DROP INDEX ix_events_at").After("CREATE TABLE events (id bigint, at date) PARTITION BY RANGE (at); CREATE INDEX ix_events_at ON events (at)")
            .Cured(Deploy("DROP INDEX ix_events_at").WithoutTraffic()),
        Allowed("concurrently", "DROP INDEX CONCURRENTLY ix_orders_code").Outside(),
        Allowed("the table is new", "CREATE TABLE t (a int); CREATE INDEX ix_t ON t (a); DROP INDEX ix_t"),
        Allowed("the index is new", "CREATE INDEX ix_orders_note ON orders (note); DROP INDEX ix_orders_note"),
        Allowed("another one takes its place, which is said elsewhere", "DROP INDEX ix_orders_code; CREATE INDEX ix_orders_code_qty ON orders (code, qty)"),
        Allowed("readers of another engine go on", "DROP INDEX ix_orders_code").On(Sqlite),
    ];
}
