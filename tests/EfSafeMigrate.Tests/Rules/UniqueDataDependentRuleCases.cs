using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class UniqueDataDependentRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("nobody looked", Severity.Dangerous, "CREATE UNIQUE INDEX ux_orders_code ON orders (code)").Saying("two equal rows make it fail")
            .Cured(
                Deploy("DELETE FROM orders WHERE id IN (7, 9)").Declaring("CREATE UNIQUE INDEX ux_orders_code ON orders (code)"),
                Deploy(Concurrently("orders", "ux_orders_code", "code")).Looked(ProbeKind.Duplicates, Shop.Orders, "code")),
        Flagged("duplicates exist", Severity.Dangerous, "ALTER TABLE orders ADD CONSTRAINT ak_orders_code UNIQUE (code)").WithRows(1_204_551)
            .Asked(ProbeKind.Duplicates, "code", 3, "1, 7, 9").Saying("it fails on 3 duplicates, first 1, 7, 9")
            .Cured(
                Deploy("DELETE FROM orders WHERE id IN (7, 9)").Declaring("ALTER TABLE orders ADD CONSTRAINT ak_orders_code UNIQUE (code)"),
                Deploy(Concurrently("orders", "ak_orders_code", "code"), "ALTER TABLE orders ADD CONSTRAINT ak_orders_code UNIQUE USING INDEX ak_orders_code").Looked(ProbeKind.Duplicates, Shop.Orders, "code")),
        Flagged("a statement before it removes them", Severity.Dangerous,
            "DELETE FROM orders a USING orders b WHERE a.code = b.code AND a.id > b.id; CREATE UNIQUE INDEX ux_orders_code ON orders (code)")
            .Asked(ProbeKind.Duplicates, "code", 3).Saying("unless the statements before it remove them")
            .Cured(
                Deploy("DELETE FROM orders WHERE id IN (7, 9)").Declaring("CREATE UNIQUE INDEX ux_orders_code ON orders (code)"),
                Deploy(Concurrently("orders", "ux_orders_code", "code")).Looked(ProbeKind.Duplicates, Shop.Orders, "code")),
        Flagged("no duplicates now", Severity.Careful, "CREATE UNIQUE INDEX CONCURRENTLY ux_orders_code ON orders (code)").Outside()
            .Asked(ProbeKind.Duplicates, "code", 0, looked: 1_204_551).Saying("1,204,551 rows hold no duplicates now")
            .Cured(
                Deploy("DELETE FROM orders WHERE id IN (7, 9)").Declaring("CREATE UNIQUE INDEX ux_orders_code ON orders (code)"),
                Deploy(Concurrently("orders", "ux_orders_code", "code")).Looked(ProbeKind.Duplicates, Shop.Orders, "code")),
        Flagged("a concurrent build that fails can be tried again", Severity.Careful,
            "DROP INDEX CONCURRENTLY IF EXISTS ux_orders_code; CREATE UNIQUE INDEX CONCURRENTLY ux_orders_code ON orders (code)").Outside().Saying("its next run starts afresh")
            .Cured(
                Deploy("DELETE FROM orders WHERE id IN (7, 9)").Declaring("CREATE UNIQUE INDEX ux_orders_code ON orders (code)"),
                Deploy(Concurrently("orders", "ux_orders_code", "code")).Looked(ProbeKind.Duplicates, Shop.Orders, "code")),
        Flagged("a concurrent build that will fail", Severity.Dangerous,
            "DROP INDEX CONCURRENTLY IF EXISTS ux_orders_code; CREATE UNIQUE INDEX CONCURRENTLY ux_orders_code ON orders (code)").Outside()
            .Asked(ProbeKind.Duplicates, "code", 3).Saying("it fails on 3 duplicates")
            .Cured(
                Deploy("DELETE FROM orders WHERE id IN (7, 9)").Declaring("CREATE UNIQUE INDEX ux_orders_code ON orders (code)"),
                Deploy(Concurrently("orders", "ux_orders_code", "code")).Looked(ProbeKind.Duplicates, Shop.Orders, "code")),
        Flagged("a concurrent build whose leftover stays", Severity.Dangerous, "CREATE UNIQUE INDEX CONCURRENTLY ux_orders_code ON orders (code)").Outside()
            .Cured(
                Deploy("DELETE FROM orders WHERE id IN (7, 9)").Declaring("CREATE UNIQUE INDEX ux_orders_code ON orders (code)"),
                Deploy(Concurrently("orders", "ux_orders_code", "code")).Looked(ProbeKind.Duplicates, Shop.Orders, "code")),
        Flagged("a concurrent build that leaves more than itself", Severity.Dangerous,
            "DROP INDEX CONCURRENTLY IF EXISTS ux_orders_code; CREATE INDEX CONCURRENTLY ix_orders_note ON orders (note); CREATE UNIQUE INDEX CONCURRENTLY ux_orders_code ON orders (code)").Outside()
            .Cured(
                Deploy("DELETE FROM orders WHERE id IN (7, 9)").Declaring("CREATE UNIQUE INDEX ux_orders_code ON orders (code)"),
                Deploy(Concurrently("orders", "ux_orders_code", "code")).Looked(ProbeKind.Duplicates, Shop.Orders, "code")),
        Flagged("the look was not finished", Severity.Dangerous, "CREATE UNIQUE INDEX ux_orders_code ON orders (code)")
            .Asked(ProbeKind.Duplicates, "code", null, unanswered: "stopped after 5 s").Saying("stopped after 5 s")
            .Cured(
                Deploy("DELETE FROM orders WHERE id IN (7, 9)").Declaring("CREATE UNIQUE INDEX ux_orders_code ON orders (code)"),
                Deploy(Concurrently("orders", "ux_orders_code", "code")).Looked(ProbeKind.Duplicates, Shop.Orders, "code")),
        Flagged("a new column is the same in all rows", Severity.Dangerous, "ALTER TABLE orders ADD COLUMN ticket text NOT NULL DEFAULT ''; CREATE UNIQUE INDEX ux_orders_ticket ON orders (ticket)")
            .Saying("was just added with '' in all of them")
            .Cured(Deploy("ALTER TABLE orders ADD COLUMN ticket text", Concurrently("orders", "ux_orders_ticket", "ticket"))),
        Flagged("a new primary key", Severity.Dangerous, "ALTER TABLE logs ADD CONSTRAINT pk_logs PRIMARY KEY (id)")
            .Cured(new CuredForm([
                Deploy("DELETE FROM logs WHERE id IN (7, 9)").Declaring("ALTER TABLE logs ADD CONSTRAINT pk_logs PRIMARY KEY (id)"),
                Deploy([Concurrently("logs", "pk_logs", "id"), .. Proved("logs", "id"), "ALTER TABLE logs ADD CONSTRAINT pk_logs PRIMARY KEY USING INDEX pk_logs"])]).Leaving("backfill-unbatched")),
        Flagged("another engine", Severity.Dangerous, "CREATE UNIQUE INDEX ux_orders_status ON orders (status)").On(Sqlite)
            .Cured(new CuredForm([Deploy("DELETE FROM orders WHERE id BETWEEN 7 AND 9").Declaring("CREATE UNIQUE INDEX ux_orders_status ON orders (status)"), Deploy("CREATE UNIQUE INDEX ux_orders_status ON orders (status)").Looked(ProbeKind.Duplicates, Shop.Orders, "status")]).Leaving("sqlite-single-writer")),
        Allowed("fewer columns are unique already", "CREATE UNIQUE INDEX ux_orders_code_id ON orders (code, id)"),
        Allowed("a unique index is built again", "DROP INDEX ux_orders_number; CREATE UNIQUE INDEX ux_orders_number ON orders (number) INCLUDE (code)")
            .After("CREATE UNIQUE INDEX ux_orders_number ON orders (number)"),
        Allowed("a key is built again after a rename", "ALTER TABLE orders DROP CONSTRAINT orders_pkey; ALTER TABLE orders RENAME TO sales; ALTER TABLE sales ADD CONSTRAINT pk_sales PRIMARY KEY (id)"),
        Allowed("a new column holds NULL everywhere", "ALTER TABLE orders ADD COLUMN ticket text; CREATE UNIQUE INDEX ux_orders_ticket ON orders (ticket)"),
        Allowed("not unique", "CREATE INDEX ix_orders_note ON orders (note)"),
        Allowed("the table is new", "CREATE TABLE invoices (id bigint PRIMARY KEY, n text); CREATE UNIQUE INDEX ux ON invoices (n)"),
        Allowed("an index is adopted", "ALTER TABLE orders ADD CONSTRAINT ak_orders_code UNIQUE USING INDEX ux_orders_code").After("CREATE UNIQUE INDEX ux_orders_code ON orders (code)"),
        Flagged("SQL Server, a new column that holds NULL in every row", Severity.Dangerous, "ALTER TABLE orders ADD token nvarchar(20) NULL; CREATE UNIQUE INDEX ux_orders_token ON orders (token)")
            .OnSqlServer().Saying("it fails with two rows in orders")
            .Cured(new CuredForm([Deploy("ALTER TABLE orders ADD token nvarchar(20) NULL", "CREATE UNIQUE INDEX ux_orders_token ON orders (token) WHERE [token] IS NOT NULL")]).Leaving("create-index-blocking")),
    ];
}
