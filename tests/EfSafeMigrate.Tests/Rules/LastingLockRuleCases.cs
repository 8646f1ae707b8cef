using EfSafeMigrate.Changes;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class LastingLockRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("a partition beside the default one", Severity.Dangerous, "CREATE TABLE events_2 PARTITION OF events FOR VALUES FROM ('2030-01-01') TO ('2031-01-01')").Saying("Creating the partition events_2")
            .After("CREATE TABLE events (id bigint NOT NULL, at date NOT NULL) PARTITION BY RANGE (at); CREATE TABLE events_rest PARTITION OF events DEFAULT")
            .Cured(Deploy("CREATE TABLE events_2 PARTITION OF events FOR VALUES FROM ('2030-01-01') TO ('2031-01-01')").WithoutTraffic()),
        Flagged("a partition of a list beside the default one", Severity.Dangerous, "CREATE TABLE visits_de PARTITION OF visits FOR VALUES IN ('de')")
            .After("CREATE TABLE visits (id bigint NOT NULL, country text NOT NULL) PARTITION BY LIST (country); CREATE TABLE visits_rest PARTITION OF visits DEFAULT")
            .Cured(Deploy("CREATE TABLE visits_de PARTITION OF visits FOR VALUES IN ('de')").WithoutTraffic()),
        Flagged("written in capitals", Severity.Dangerous, "CREATE TABLE IF NOT EXISTS EVENTS_3 PARTITION OF EVENTS FOR VALUES FROM ('2032-01-01') TO ('2033-01-01')").Saying("events_3")
            .After("CREATE TABLE events (id bigint NOT NULL, at date NOT NULL) PARTITION BY RANGE (at); CREATE TABLE events_rest PARTITION OF events DEFAULT")
            .Cured(Deploy("CREATE TABLE events_3 PARTITION OF events FOR VALUES FROM ('2032-01-01') TO ('2033-01-01')").WithoutTraffic()),
        Allowed("a CHECK that is not validated", "ALTER TABLE orders ADD CONSTRAINT ck_orders_qty CHECK (qty >= 0) NOT VALID"),
        Allowed("validated afterwards", "ALTER TABLE orders VALIDATE CONSTRAINT ck_orders_qty").After("ALTER TABLE orders ADD CONSTRAINT ck_orders_qty CHECK (qty >= 0) NOT VALID"),
        Allowed("rows, which are spoken of elsewhere", "UPDATE orders SET note = 'x'"),
        Allowed("the table is new", "CREATE TABLE invoices (id bigint PRIMARY KEY, n text); ALTER TABLE invoices ADD COLUMN no bigserial"),
    ];
}
