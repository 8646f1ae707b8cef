using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class DetachPartitionRuleCases
{
    private const string Partitioned = "CREATE TABLE events (id bigint NOT NULL, at date NOT NULL) PARTITION BY RANGE (at); CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM ('2020-01-01') TO ('2030-01-01');";

    public static IEnumerable<RuleCase> All =>
    [
        Flagged("a partition", Severity.Careful, "ALTER TABLE events DETACH PARTITION events_1").After(Partitioned).Saying("takes ACCESS EXCLUSIVE on events"),
        Flagged("in another schema", Severity.Careful, "ALTER TABLE s.events DETACH PARTITION s.events_1").After("CREATE SCHEMA s; CREATE TABLE s.events (id bigint NOT NULL, at date NOT NULL) PARTITION BY RANGE (at); CREATE TABLE s.events_1 PARTITION OF s.events FOR VALUES FROM ('2020-01-01') TO ('2030-01-01')"),
        Flagged("on 13 there is no other form", Severity.Careful, "ALTER TABLE events DETACH PARTITION events_1").After(Partitioned).AtVersion("13")
            .Cured(Deploy("ALTER TABLE events DETACH PARTITION events_1").WithoutTraffic()),
        Allowed("concurrently", "ALTER TABLE events DETACH PARTITION events_1 CONCURRENTLY").After(Partitioned).Outside(),
        Allowed("the partition is new", "CREATE TABLE events_2 PARTITION OF events FOR VALUES FROM ('2030-01-01') TO ('2031-01-01'); ALTER TABLE events DETACH PARTITION events_2").After(Partitioned),
        Allowed("the table is new", $"{Partitioned} ALTER TABLE events DETACH PARTITION events_1"),
    ];
}
