using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class HashIndexRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("on 9.6", Severity.Dangerous, "CREATE INDEX ix_orders_note ON orders USING hash (note)").AtVersion("9.6").Saying("is a hash index on PostgreSQL 9.6")
            .Cured(new CuredForm([Deploy(Outside("CREATE INDEX CONCURRENTLY ix_orders_note ON orders (note)"))])),
        Flagged("concurrently", Severity.Dangerous, "CREATE INDEX CONCURRENTLY ix_orders_note ON orders USING hash (note)").Outside().AtVersion("9.5")
            .Cured(new CuredForm([Deploy(Outside("CREATE INDEX CONCURRENTLY ix_orders_note ON orders (note)"))])),
        Flagged("in capitals", Severity.Dangerous, "CREATE INDEX ix_orders_status ON orders USING HASH (status)").AtVersion("9.6")
            .Cured(new CuredForm([Deploy(Outside("CREATE INDEX CONCURRENTLY ix_orders_status ON orders (status)"))])),
        Allowed("on 10", "CREATE INDEX ix_orders_note ON orders USING hash (note)").AtVersion("10"),
        Allowed("on the version that is assumed", "CREATE INDEX ix_orders_note ON orders USING hash (note)"),
        Allowed("another method", "CREATE INDEX ix_orders_note ON orders USING btree (note)").AtVersion("9.6"),
    ];
}
