using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class IndexCorruptionPg14RuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("built on 14.3", Severity.Dangerous, "CREATE INDEX CONCURRENTLY ix_orders_note ON orders (note)").Outside().AtVersion("14.3").Saying("PostgreSQL 14.3")
            .Cured(Deploy()),
        Flagged("built anew on 14.0", Severity.Dangerous, "REINDEX TABLE CONCURRENTLY orders").Outside().AtVersion("14.0").Cured(Deploy()),
        Flagged("unique on 14.1", Severity.Dangerous, "CREATE UNIQUE INDEX CONCURRENTLY ux_orders_number ON orders (number)").Outside().AtVersion("14.1").Cured(Deploy()),
        Allowed("on 14.4", "CREATE INDEX CONCURRENTLY ix_orders_note ON orders (note)").Outside().AtVersion("14.4"),
        Allowed("on 13", "CREATE INDEX CONCURRENTLY ix_orders_note ON orders (note)").Outside().AtVersion("13.2"),
        Allowed("not concurrently", "CREATE INDEX ix_orders_note ON orders (note)").AtVersion("14.3"),
        Allowed("a hash index of an old version, which is said elsewhere", "CREATE INDEX CONCURRENTLY ix_orders_note ON orders USING hash (note)").Outside().AtVersion("9.5"),
        Allowed("nobody said which version", "CREATE INDEX CONCURRENTLY ix_orders_note ON orders (note)").Outside(),
    ];
}
