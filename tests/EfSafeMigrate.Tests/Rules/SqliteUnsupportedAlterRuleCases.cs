using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class SqliteUnsupportedAlterRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("a unique column", Severity.Dangerous, "ALTER TABLE orders ADD COLUMN ref_no TEXT UNIQUE").On(Sqlite).Saying("SQLite cannot add column ref_no as UNIQUE")
            .Cured(new CuredForm([Deploy("ALTER TABLE orders ADD COLUMN ref_no TEXT; CREATE UNIQUE INDEX ux_orders_ref_no ON orders (ref_no)")]).Leaving("sqlite-single-writer")),
        Flagged("a constraint", Severity.Dangerous, "ALTER TABLE orders ADD CONSTRAINT ck CHECK (qty >= 0)").On(Sqlite).Saying("SQLite has no ALTER TABLE")
            .Cured(new CuredForm([Deploy(new AddCheckConstraint(Shop.OrdersTable, new("ck", "qty >= 0")))]).Leaving("sqlite-table-rebuild")),
        Flagged("a column that an index holds", Severity.Dangerous, "ALTER TABLE orders DROP COLUMN code").On(Sqlite).Saying("drop the index first")
            .Cured(new CuredForm([Deploy(new DropColumn(Shop.OrdersTable, "code"))]).Leaving("drop-column", "sqlite-table-rebuild")),
        Flagged("a stored column", Severity.Dangerous, "ALTER TABLE orders ADD COLUMN twice INTEGER AS (qty * 2) STORED").On(Sqlite).Saying("orders.twice is stored")
            .Cured(Deploy("ALTER TABLE orders ADD COLUMN twice INTEGER AS (qty * 2) VIRTUAL")),
        Flagged("a reference with a default", Severity.Dangerous, "ALTER TABLE orders ADD COLUMN buyer_id INTEGER DEFAULT 1 REFERENCES customers (id)").On(Sqlite).Saying("a reference with a default")
            .Cured(new CuredForm([Deploy("ALTER TABLE orders ADD COLUMN buyer_id INTEGER REFERENCES customers (id)", "UPDATE orders SET buyer_id = 1")]).Leaving("backfill-unbatched")),
        Allowed("a plain column", "ALTER TABLE orders ADD COLUMN ref_no TEXT").On(Sqlite),
        Allowed("the index goes first", "DROP INDEX ix_orders_code; ALTER TABLE orders DROP COLUMN code").On(Sqlite),
        AllowedOperations("the provider copies the table", new AddCheckConstraint(Shop.OrdersTable, new("ck", "qty >= 0"))).On(Sqlite),
        Allowed("a reference without a default", "ALTER TABLE orders ADD COLUMN buyer_id INTEGER REFERENCES customers (id)").On(Sqlite),
        Allowed("an engine that can", "ALTER TABLE orders ADD COLUMN ref_no text UNIQUE"),
    ];
}
