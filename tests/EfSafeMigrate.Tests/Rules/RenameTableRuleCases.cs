using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class RenameTableRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("under the running release", Severity.Dangerous, "ALTER TABLE orders RENAME TO sales_orders").Saying("the running release queries orders and fails")
            .Cured(LeftOut),
        Flagged("a view keeps the old name", Severity.Careful, "ALTER TABLE orders RENAME TO sales_orders; CREATE VIEW orders AS SELECT * FROM sales_orders")
            .Saying("a view under the old name serves the running release")
            .Cured(LeftOut),
        Flagged("a view gets the old name in the same statement", Severity.Careful, "CREATE VIEW shown AS SELECT * FROM sales_orders; RENAME TABLE orders TO sales_orders, shown TO orders").On(MySql)
            .Saying("a view under the old name serves the running release")
            .Cured(LeftOut),
        Flagged("another engine", Severity.Dangerous, "ALTER TABLE orders RENAME TO sales").On(Sqlite)
            .Cured(LeftOut),
        Flagged("a view that takes no writes keeps the old name", Severity.Dangerous, "ALTER TABLE orders RENAME TO sales; CREATE VIEW orders AS SELECT * FROM sales").On(Sqlite)
            .Cured(LeftOut),
        Allowed("the table is new", "CREATE TABLE invoices (id bigint PRIMARY KEY); ALTER TABLE invoices RENAME TO bills"),
        Allowed("a copy takes the old name", "CREATE TABLE ef_temp_orders (id INTEGER PRIMARY KEY, note TEXT); INSERT INTO ef_temp_orders SELECT id, note FROM orders; DROP TABLE orders; ALTER TABLE ef_temp_orders RENAME TO orders").On(Sqlite),
        Allowed("a constraint is renamed", "ALTER TABLE orders RENAME CONSTRAINT orders_pkey TO pk_orders"),
        Flagged("SQL Server", Severity.Dangerous, "EXEC sp_rename 'orders', 'sales'").OnSqlServer().Saying("orders becomes sales").Cured(LeftOut),
    ];
}
