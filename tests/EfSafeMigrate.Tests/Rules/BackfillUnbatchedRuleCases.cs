using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class BackfillUnbatchedRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("every row", Severity.Dangerous, "UPDATE orders SET note = 'x'").Saying("UPDATE of every row of orders").Cured(Deploy(Filled("orders", "note", "'x'", onlyNulls: false))),
        Flagged("the NULLs", Severity.Dangerous, "UPDATE orders SET note = 'x' WHERE note IS NULL").WithRows(4_812_330).Cured(Deploy(Filled("orders", "note", "'x'"))),
        Flagged("rows are deleted", Severity.Dangerous, "DELETE FROM orders WHERE number > 0").Saying("DELETE from orders").Cured(Deploy("DELETE FROM orders WHERE id BETWEEN 1 AND 10000")),
        Flagged("a small table", Severity.Careful, "UPDATE orders SET note = 'x' WHERE note IS NULL").WithRows(900).Cured(Deploy(Filled("orders", "note", "'x'"))),
        Flagged("an engine with one writer", Severity.Careful, "UPDATE orders SET note = 'x'").On(Sqlite).Saying("every writer of the database")
            .Cured(Deploy("UPDATE orders SET note = 'x' WHERE id BETWEEN 1 AND 10000", "UPDATE orders SET note = 'x' WHERE id BETWEEN 10001 AND 20000")),
        Allowed("one row", "UPDATE orders SET note = 'x' WHERE id = 7"),
        Allowed("a batch by key", "UPDATE orders SET note = 'x' WHERE id BETWEEN 1 AND 100"),
        Allowed("the table is new", "CREATE TABLE invoices (id bigint PRIMARY KEY, n text); UPDATE invoices SET n = 'x'"),
        Allowed("on another engine the table is new", "CREATE TABLE invoices (id INTEGER PRIMARY KEY, n TEXT); UPDATE invoices SET n = 'x'").On(Sqlite),
    ];
}
