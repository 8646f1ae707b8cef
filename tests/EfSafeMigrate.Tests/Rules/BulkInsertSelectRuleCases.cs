using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class BulkInsertSelectRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("into a new table", Severity.Careful, "CREATE TABLE streets (id bigint PRIMARY KEY, street text)", "INSERT INTO streets SELECT id, street FROM orders").Saying("copies the rows of orders (size unknown, taken as large) into streets")
            .Cured(Deploy("INSERT INTO logs SELECT id, street FROM orders WHERE id BETWEEN 1 AND 10000", "INSERT INTO logs SELECT id, street FROM orders WHERE id BETWEEN 10001 AND 20000")),
        Flagged("into one that exists", Severity.Careful, "INSERT INTO logs (id, line) SELECT id, note FROM orders WHERE note IS NOT NULL").WithRows(4_812_330).Saying("4,812,330 rows")
            .Cured(Deploy("INSERT INTO logs (id, line) SELECT id, note FROM orders WHERE note IS NOT NULL AND id BETWEEN 1 AND 10000")),
        Flagged("on another engine", Severity.Careful, "CREATE TABLE streets (id INTEGER PRIMARY KEY, note TEXT); INSERT INTO streets SELECT id, note FROM orders").On(Sqlite)
            .Cured(Deploy("CREATE TABLE streets (id INTEGER PRIMARY KEY, note TEXT)", "INSERT INTO streets SELECT id, note FROM orders WHERE id BETWEEN 1 AND 10000")),
        Allowed("values", "INSERT INTO customers (id) VALUES (9000001), (9000002)"),
        Allowed("a seed that looks whether it is there", "INSERT INTO customers (id) SELECT 9000001 WHERE NOT EXISTS (SELECT 1 FROM customers WHERE id = 9000001)"),
        Allowed("one row", "INSERT INTO logs (id, line) SELECT id, note FROM orders WHERE id = 7"),
        Allowed("a batch", "INSERT INTO logs (id, line) SELECT id, note FROM orders ORDER BY id LIMIT 1000"),
        Allowed("a small table", "INSERT INTO logs (id, line) SELECT id, note FROM orders").WithRows(900),
        Allowed("from a new table", "CREATE TABLE t (id bigint, n text); INSERT INTO logs (id, line) SELECT id, n FROM t"),
    ];
}
