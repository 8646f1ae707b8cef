using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class NotValidUnsupportedPartitionedRuleCases
{
    private const string Partitioned = "CREATE TABLE events (id bigint NOT NULL, at date NOT NULL) PARTITION BY RANGE (at); CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM ('2020-01-01') TO ('2030-01-01');";

    private const string Parent = "ALTER TABLE events ADD CONSTRAINT fk_events FOREIGN KEY (id) REFERENCES customers (id)";
    private const string Sql = $"{Parent} NOT VALID";

    public static IEnumerable<RuleCase> All =>
    [
        Flagged("on 15", Severity.Dangerous, Sql).After(Partitioned).AtVersion("15").Saying("events is partitioned").Cured(Deploy(Parent).WithoutTraffic().Looked(ProbeKind.Orphans, "events", "id")),
        Flagged("on the version that is assumed", Severity.Dangerous, Sql).After(Partitioned).Cured(Deploy(Parent).WithoutTraffic().Looked(ProbeKind.Orphans, "events", "id")),
        Flagged("on 17", Severity.Dangerous, Sql).After(Partitioned).AtVersion("17").Cured(Deploy(Parent).WithoutTraffic().Looked(ProbeKind.Orphans, "events", "id")),
        Allowed("validated at once", Parent).After(Partitioned),
        Allowed("a table without partitions", "ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES customers (id) NOT VALID"),
        Allowed("one partition", "ALTER TABLE events_1 ADD CONSTRAINT fk FOREIGN KEY (id) REFERENCES customers (id) NOT VALID").After(Partitioned),
    ];
}
