using EfSafeMigrate.Changes;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;

namespace EfSafeMigrate.Tests.Rules;

internal static class DeleteWithoutWhereRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("no condition", Severity.Dangerous, "DELETE FROM orders").WithRows(4_812_330).Saying("removes 4,812,330 rows of orders"),
        Flagged("a condition that is always true", Severity.Dangerous, "DELETE FROM logs WHERE 1 = 1"),
        Flagged("true", Severity.Dangerous, "DELETE FROM logs WHERE (true)"),
        Flagged("another engine", Severity.Dangerous, "DELETE FROM orders").On(Sqlite),
        Allowed("one row", "DELETE FROM orders WHERE id = 7"),
        Allowed("some rows", "DELETE FROM orders WHERE code = 'c20000'"),
        Allowed("some rows on another engine", "DELETE FROM orders WHERE code = 'c20000'").On(Sqlite),
        Allowed("the table is new", "CREATE TABLE invoices (id bigint PRIMARY KEY); DELETE FROM invoices"),
    ];
}
