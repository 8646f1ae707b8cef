using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class ConcurrentlyOnPartitionedRuleCases
{
    private const string Partitioned = "CREATE TABLE events (id bigint NOT NULL, at date NOT NULL) PARTITION BY RANGE (at); CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM ('2020-01-01') TO ('2030-01-01');";

    public static IEnumerable<RuleCase> All =>
    [
        Flagged("an index is built", Severity.Dangerous, "CREATE INDEX CONCURRENTLY ix_events_at ON events (at)").After(Partitioned).Outside().Saying("events is partitioned")
            .Cured(Deploy("CREATE INDEX ix_events_at ON ONLY events (at)", Outside("CREATE INDEX CONCURRENTLY ix_events_1_at ON events_1 (at)"), "ALTER INDEX ix_events_at ATTACH PARTITION ix_events_1_at")),
        Flagged("a unique one", Severity.Dangerous, "CREATE UNIQUE INDEX CONCURRENTLY ux_events ON events (id, at)").After(Partitioned).Outside()
            .Cured(new CuredForm([Deploy("CREATE UNIQUE INDEX ux_events ON ONLY events (id, at)", Outside("CREATE UNIQUE INDEX CONCURRENTLY ux_events_1 ON events_1 (id, at)"), "ALTER INDEX ux_events ATTACH PARTITION ux_events_1")]).Leaving("unique-data-dependent")),
        Flagged("an index is dropped", Severity.Dangerous, "DROP INDEX CONCURRENTLY ix_events_at").After(Partitioned + "CREATE INDEX ix_events_at ON events (at)").Outside().Saying("DROP INDEX CONCURRENTLY ix_events_at fails")
            .Cured(Deploy("DROP INDEX ix_events_at").WithoutTraffic()),
        Allowed("one partition", "CREATE INDEX CONCURRENTLY ix_events_1_at ON events_1 (at)").After(Partitioned).Outside(),
        Allowed("a table without partitions", "CREATE INDEX CONCURRENTLY ix_orders_note ON orders (note)").Outside(),
        Allowed("only the parent", "CREATE INDEX ix_events_at ON ONLY events (at)").After(Partitioned),
    ];
}
