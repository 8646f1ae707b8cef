using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class DropTableRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("with its rows", Severity.Dangerous, "DROP TABLE orders").WithRows(4_812_330).Saying("orders is dropped with 4,812,330 rows")
            .Cured(Retired("orders")),
        Flagged("of unknown size", Severity.Dangerous, "DROP TABLE logs")
            .Cured(Retired("logs")),
        Flagged("with a reference to another table", Severity.Dangerous, "DROP TABLE lines")
            .After("CREATE TABLE lines (id bigint PRIMARY KEY, order_id bigint REFERENCES orders (id))").Saying("orders is locked with it")
            .Cured(Retired("lines")),
        Flagged("another engine", Severity.Dangerous, "DROP TABLE orders").On(Sqlite)
            .Cured(Retired("orders")),
        Flagged("that no release maps", Severity.Careful, "DROP TABLE legacy").Saying("the running release does not map it")
            .Cured(Deploy("ALTER TABLE legacy RENAME TO legacy_dropped"), Deploy("DROP TABLE legacy_dropped")),
        Allowed("the table is new", "CREATE TABLE invoices (id bigint PRIMARY KEY)", "DROP TABLE invoices"),
        Allowed("a copy replaces it", "CREATE TABLE ef_temp_orders (id INTEGER PRIMARY KEY, note TEXT); INSERT INTO ef_temp_orders SELECT id, note FROM orders; DROP TABLE orders; ALTER TABLE ef_temp_orders RENAME TO orders").On(Sqlite),
        Allowed("a view is dropped", "DROP VIEW v_orders").After("CREATE VIEW v_orders AS SELECT id FROM orders"),
    ];
}
