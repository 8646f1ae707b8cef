using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class AttachPartitionRuleCases
{
    private const string Parent = "CREATE TABLE events (id bigint NOT NULL, at date NOT NULL) PARTITION BY RANGE (at)";
    private const string Tables = $"{Parent}; CREATE TABLE events_2 (id bigint NOT NULL, at date NOT NULL)";
    private const string Attach = "ALTER TABLE events ATTACH PARTITION events_2 FOR VALUES FROM ('2020-01-01') TO ('2031-01-01')";
    private const string Proof = "ALTER TABLE events_2 ADD CONSTRAINT ck_events_2 CHECK (at >= '2020-01-01' AND at < '2031-01-01')";
    private const string Later = "ALTER TABLE events ATTACH PARTITION events_3 FOR VALUES FROM ('2040-01-01') TO ('2041-01-01')";
    private const string Rest = $"{Parent}; CREATE TABLE events_rest PARTITION OF events DEFAULT; CREATE TABLE events_3 (id bigint NOT NULL, at date NOT NULL, CONSTRAINT ck_events_3 CHECK (at >= '2040-01-01' AND at < '2041-01-01')); INSERT INTO events_3 VALUES (1, '2040-05-01')";

    public static IEnumerable<RuleCase> All =>
    [
        Flagged("nothing proves its rows", Severity.Dangerous, Attach).After(Tables).Saying("reads every row of events_2")
            .Cured(Deploy($"{Proof} NOT VALID", "ALTER TABLE events_2 VALIDATE CONSTRAINT ck_events_2", Attach)),
        Flagged("the CHECK is not validated", Severity.Dangerous, Attach).After($"{Tables}; {Proof} NOT VALID")
            .Cured(Deploy("ALTER TABLE events_2 VALIDATE CONSTRAINT ck_events_2", Attach)),
        Flagged("a default partition is read too", Severity.Dangerous, Later).After(Rest).Saying("events_rest")
            .Cured(Deploy("ALTER TABLE events_rest ADD CONSTRAINT ck_rest CHECK (NOT (at >= '2040-01-01' AND at < '2041-01-01')) NOT VALID", "ALTER TABLE events_rest VALIDATE CONSTRAINT ck_rest", Later)),
        Allowed("a CHECK proves it", Attach).After($"{Tables}; {Proof}"),
        Allowed("the partition is new", $"CREATE TABLE events_2 (id bigint NOT NULL, at date NOT NULL); {Attach}").After(Parent),
        Allowed("created as a partition", "CREATE TABLE events_2 PARTITION OF events FOR VALUES FROM ('2020-01-01') TO ('2031-01-01')").After(Parent),
    ];
}
