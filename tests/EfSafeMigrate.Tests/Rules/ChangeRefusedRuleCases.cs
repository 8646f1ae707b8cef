using EfSafeMigrate.Changes;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class ChangeRefusedRuleCases
{
    private const string View = "CREATE VIEW v_orders AS SELECT id, code FROM orders";
    private const string Reference = "ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES customers (id)";

    public static IEnumerable<RuleCase> All =>
    [
        Flagged("a view uses the column", Severity.Dangerous, "ALTER TABLE orders ALTER COLUMN code TYPE text").After(View).Saying("View v_orders uses column code")
            .Cured(Deploy("DROP VIEW v_orders; ALTER TABLE orders ALTER COLUMN code TYPE text; CREATE VIEW v_orders AS SELECT id, code FROM orders")),
        Flagged("a view uses the dropped column", Severity.Dangerous, "ALTER TABLE orders DROP COLUMN code").After(View)
            .Cured(new CuredForm([Deploy("DROP VIEW v_orders; ALTER TABLE orders DROP COLUMN code; CREATE VIEW v_orders AS SELECT id FROM orders")]).Leaving("drop-column")),
        Flagged("no cast leads there", Severity.Dangerous, "ALTER TABLE orders ALTER COLUMN note TYPE integer").Saying("the statement needs USING")
            .Cured(new CuredForm([Deploy("ALTER TABLE orders ALTER COLUMN note TYPE integer USING substring(note, 2)::integer")]).Leaving("alter-column-narrow", "alter-column-type-rewrite")),
        Flagged("another table references it", Severity.Dangerous, "DROP TABLE customers").After(Reference).Saying("the drop needs CASCADE")
            .Cured(new CuredForm([Deploy("ALTER TABLE orders DROP CONSTRAINT fk; DROP TABLE customers")]).Leaving("drop-table")),
        FlaggedOperations("a view stops the copy", Severity.Dangerous, new AlterColumn(Shop.OrdersTable, Shop.Column("number", "TEXT"), Shop.Column("number", "INTEGER")))
            .On(Sqlite).After("CREATE VIEW v_orders AS SELECT id, number FROM orders")
            .Cured(new CuredForm([Deploy("DROP VIEW v_orders", new AlterColumn(Shop.OrdersTable, Shop.Column("number", "TEXT"), Shop.Column("number", "INTEGER")), "CREATE VIEW v_orders AS SELECT id, number FROM orders")]).Leaving("sqlite-table-rebuild")),
        Allowed("concurrently inside a transaction, which is said elsewhere", "CREATE INDEX CONCURRENTLY ix_orders_note ON orders (note)"),
        Allowed("concurrently outside", "CREATE INDEX CONCURRENTLY ix_orders_note ON orders (note)").Outside(),
        Allowed("the view goes first", "DROP VIEW v_orders; ALTER TABLE orders ALTER COLUMN code TYPE text; CREATE VIEW v_orders AS SELECT id, code FROM orders").After(View),
        Allowed("the statement says how to convert", "ALTER TABLE orders ALTER COLUMN qty DROP DEFAULT, ALTER COLUMN qty TYPE boolean USING qty <> 0"),
        Allowed("the reference goes too", "DROP TABLE customers CASCADE").After(Reference),
        Allowed("a generated column goes that calls a function of its name", "ALTER TABLE orders DROP COLUMN upper")
            .After("ALTER TABLE orders ADD COLUMN upper text GENERATED ALWAYS AS (upper(note)) STORED"),
        Allowed("a setting of the file", "PRAGMA busy_timeout = 1000").On(Sqlite).Outside(),
        Allowed("the index goes first", "DROP INDEX ix_orders_code; ALTER TABLE orders DROP COLUMN code").On(Sqlite),
        AllowedOperations("the provider copies the table", new AddCheckConstraint(Shop.OrdersTable, new("ck", "qty >= 0"))).On(Sqlite),
        Flagged("SQL Server, a default holds the column", Severity.Dangerous, "ALTER TABLE orders DROP COLUMN qty").OnSqlServer().Saying("DF_orders_qty depends on column qty")
            .Cured(new CuredForm([Deploy("ALTER TABLE orders DROP CONSTRAINT DF_orders_qty; ALTER TABLE orders DROP COLUMN qty")]).Leaving("drop-column", "drop-column-required-no-default")),
    ];
}
