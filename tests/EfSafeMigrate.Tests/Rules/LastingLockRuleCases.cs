using EfSafeMigrate.Changes;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class LastingLockRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("a CHECK over every row", Severity.Dangerous, "ALTER TABLE orders ADD CONSTRAINT ck_orders_qty CHECK (qty >= 0)").WithRows(4_812_330)
            .Saying("Adding the CHECK constraint ck_orders_qty to orders (4,812,330 rows) reads every row"),
        Flagged("an UPDATE of every row", Severity.Dangerous, "UPDATE orders SET note = 'x'").Saying("UPDATE of every row of orders")
            .Cured(Deploy(Filled("orders", "note", "'x'", onlyNulls: false))),
        Flagged("indexes are built anew", Severity.Dangerous, "REINDEX TABLE orders").Saying("REINDEX of orders")
            .Cured(Deploy(Outside("REINDEX TABLE CONCURRENTLY orders"))),
        Flagged("a table is sorted", Severity.Dangerous, "CLUSTER orders USING ix_orders_code").Saying("CLUSTER of orders")
            .Cured(Deploy("CLUSTER orders USING ix_orders_code").WithoutTraffic()),
        Flagged("a table stops being logged", Severity.Dangerous, "ALTER TABLE orders SET UNLOGGED")
            .Cured(Deploy("ALTER TABLE orders SET UNLOGGED").WithoutTraffic()),
        Flagged("a lock for the rest of the transaction", Severity.Dangerous, "LOCK TABLE orders IN ACCESS EXCLUSIVE MODE").Saying("until the transaction ends")
            .Cured(LeftOut),
        Flagged("a view that holds rows", Severity.Dangerous, "REFRESH MATERIALIZED VIEW mv").After("CREATE MATERIALIZED VIEW mv AS SELECT id, note FROM orders")
            .Cured(new CuredForm([Deploy(Concurrently("mv", "ux_mv", "id"), "REFRESH MATERIALIZED VIEW CONCURRENTLY mv")]).Leaving("unique-data-dependent")),
        Flagged("a small table", Severity.Careful, "UPDATE orders SET note = 'x' WHERE note IS NULL").WithRows(900)
            .Cured(Deploy(Filled("orders", "note", "'x'"))),
        Flagged("an engine with one writer", Severity.Careful, "UPDATE orders SET note = 'x'").On(Sqlite).Saying("every writer of the database")
            .Cured(Deploy("UPDATE orders SET note = 'x' WHERE id BETWEEN 1 AND 10000", "UPDATE orders SET note = 'x' WHERE id BETWEEN 10001 AND 20000")),
        Allowed("a CHECK that is not validated", "ALTER TABLE orders ADD CONSTRAINT ck_orders_qty CHECK (qty >= 0) NOT VALID"),
        Allowed("validated afterwards", "ALTER TABLE orders VALIDATE CONSTRAINT ck_orders_qty").After("ALTER TABLE orders ADD CONSTRAINT ck_orders_qty CHECK (qty >= 0) NOT VALID"),
        Allowed("one row", "UPDATE orders SET note = 'x' WHERE id = 7"),
        Allowed("a batch by key", "UPDATE orders SET note = 'x' WHERE id BETWEEN 1 AND 100"),
        Allowed("indexes are built concurrently", "REINDEX TABLE CONCURRENTLY orders").Outside(),
        Allowed("a weak lock", "LOCK TABLE orders IN ROW EXCLUSIVE MODE"),
        Allowed("the table is new", "CREATE TABLE invoices (id bigint PRIMARY KEY, n text); UPDATE invoices SET n = 'x'"),
        Allowed("on another engine the table is new", "CREATE TABLE invoices (id INTEGER PRIMARY KEY, n TEXT); UPDATE invoices SET n = 'x'").On(Sqlite),
    ];
}
