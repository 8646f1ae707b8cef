using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class SqliteSingleWriterRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("an index is built", Severity.Careful, "CREATE INDEX ix_orders_note ON orders (note)").On(Sqlite).Saying("Building ix_orders_note on orders")
            .Cured(Deploy("CREATE INDEX ix_orders_note ON orders (note)").WithoutTraffic()),
        Flagged("an index is dropped", Severity.Careful, "DROP INDEX ix_orders_code").On(Sqlite).Saying("every writer of the database").Cured(Deploy("DROP INDEX ix_orders_code").WithoutTraffic()),
        Flagged("indexes are built anew", Severity.Careful, "REINDEX orders").On(Sqlite).Cured(Deploy("REINDEX orders").WithoutTraffic()),
        Allowed("a setting of the file", "PRAGMA busy_timeout = 1000").On(Sqlite).Outside(),
        Allowed("an engine whose readers and writers go on", "CREATE INDEX CONCURRENTLY ix_orders_note ON orders (note)").Outside(),
        Allowed("an engine with many writers", "CREATE INDEX ix_orders_note ON orders (note)"),
    ];
}
