using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class IndexTooManyColumnsRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("four columns", Severity.Safe, "CREATE INDEX CONCURRENTLY ix_orders_wide ON orders (code, status, city, street)").Outside().Advised().Saying("has 4 columns").Cured(Deploy()),
        Flagged("a new table", Severity.Safe, "CREATE TABLE t (a int, b int, c int, d int); CREATE INDEX ix_t ON t (a, b, c, d)").Advised().Cured(Deploy()),
        Flagged("another engine", Severity.Safe, "CREATE INDEX ix_orders_wide ON orders (code, status, note, number)").On(Sqlite).Advised().Cured(Deploy()),
        Allowed("three columns", "CREATE INDEX CONCURRENTLY ix_orders_wide ON orders (code, status, city)").Outside().Advised(),
        Allowed("more are only included", "CREATE INDEX CONCURRENTLY ix_orders_wide ON orders (code) INCLUDE (status, city, street)").Outside().Advised(),
        Allowed("it makes them unique", "CREATE UNIQUE INDEX CONCURRENTLY ux_orders_wide ON orders (code, status, city, street)").Outside().Advised(),
        Allowed("nobody asked for advice", "CREATE INDEX CONCURRENTLY ix_orders_wide ON orders (code, status, city, street)").Outside(),
    ];
}
