using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class ConcurrentlyInTransactionRuleCases
{
    private const string Partitioned = "CREATE TABLE events (id bigint NOT NULL, at date NOT NULL) PARTITION BY RANGE (at); CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM ('2020-01-01') TO ('2030-01-01');";

    public static IEnumerable<RuleCase> All =>
    [
        Flagged("an index is built", Severity.Dangerous, "CREATE INDEX CONCURRENTLY ix_orders_note ON orders (note)")
            .Saying("CREATE INDEX CONCURRENTLY ix_orders_note on orders fails"),
        Flagged("an index is dropped", Severity.Dangerous, "DROP INDEX CONCURRENTLY ix_orders_code").Saying("cannot run inside a transaction"),
        Flagged("indexes are built anew", Severity.Dangerous, "REINDEX TABLE CONCURRENTLY orders"),
        Flagged("a partition is detached", Severity.Dangerous, "ALTER TABLE events DETACH PARTITION events_1 CONCURRENTLY").After(Partitioned),
        Allowed("outside", "CREATE INDEX CONCURRENTLY ix_orders_note ON orders (note)").Outside(),
        Allowed("without the word", "CREATE INDEX ix_orders_note ON orders (note)"),
        Allowed("a view is refreshed, which a transaction can hold", "REFRESH MATERIALIZED VIEW CONCURRENTLY mv").After("CREATE MATERIALIZED VIEW mv AS SELECT id, note FROM orders; CREATE UNIQUE INDEX ux_mv ON mv (id)"),
        Allowed("refused for another reason", "CREATE INDEX CONCURRENTLY ix_events_at ON events (at)").After(Partitioned).Outside(),
    ];
}
