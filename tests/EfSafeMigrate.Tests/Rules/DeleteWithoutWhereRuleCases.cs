using EfSafeMigrate.Changes;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class DeleteWithoutWhereRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("no condition", Severity.Dangerous, "DELETE FROM orders").WithRows(4_812_330).Saying("removes 4,812,330 rows of orders")
            .Cured(Deploy("DELETE FROM orders WHERE id BETWEEN 1 AND 1000"))
            .Cured(new CuredForm([Deploy("CREATE TABLE orders_saved AS SELECT * FROM orders; DELETE FROM orders")]).Leaving("backfill-unbatched")),
        Flagged("a condition that is always true", Severity.Dangerous, "DELETE FROM logs WHERE 1 = 1")
            .Cured(new CuredForm([Deploy("DELETE FROM logs WHERE id BETWEEN 1 AND 1000")]).Leaving("backfill-unbatched"))
            .Cured(new CuredForm([Deploy("CREATE TABLE logs_saved AS SELECT * FROM logs; DELETE FROM logs")]).Leaving("backfill-unbatched")),
        Flagged("true", Severity.Dangerous, "DELETE FROM logs WHERE (true)")
            .Cured(new CuredForm([Deploy("DELETE FROM logs WHERE id BETWEEN 1 AND 1000")]).Leaving("backfill-unbatched"))
            .Cured(new CuredForm([Deploy("CREATE TABLE logs_saved AS SELECT * FROM logs; DELETE FROM logs")]).Leaving("backfill-unbatched")),
        Flagged("another engine", Severity.Dangerous, "DELETE FROM orders").On(Sqlite)
            .Cured(Deploy("DELETE FROM orders WHERE id BETWEEN 1 AND 1000"))
            .Cured(new CuredForm([Deploy("CREATE TABLE orders_saved AS SELECT * FROM orders; DELETE FROM orders")]).Leaving("backfill-unbatched")),
        Allowed("one row", "DELETE FROM orders WHERE id = 7"),
        Allowed("some rows", "DELETE FROM orders WHERE code = 'c2000'"),
        Allowed("some rows on another engine", "DELETE FROM orders WHERE code = 'c2000'").On(Sqlite),
        Allowed("the table is new", "CREATE TABLE invoices (id bigint PRIMARY KEY); DELETE FROM invoices"),
    ];
}
