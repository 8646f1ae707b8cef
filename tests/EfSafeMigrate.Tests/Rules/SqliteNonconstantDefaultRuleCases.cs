using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class SqliteNonconstantDefaultRuleCases
{
    private static readonly CuredForm Filled = new CuredForm([Deploy("ALTER TABLE orders ADD COLUMN seen TEXT", "UPDATE orders SET seen = CURRENT_TIMESTAMP")]).Leaving("backfill-unbatched");

    public static IEnumerable<RuleCase> All =>
    [
        Flagged("the clock", Severity.Dangerous, "ALTER TABLE orders ADD COLUMN seen TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP").On(Sqlite).Saying("it fails with one row in orders")
            .Cured(new CuredForm([Deploy("ALTER TABLE orders ADD COLUMN seen TEXT", "UPDATE orders SET seen = CURRENT_TIMESTAMP", new AlterColumn(Shop.OrdersTable, Shop.Column("seen", "TEXT", false, new("CURRENT_TIMESTAMP", false)), Shop.Column("seen", "TEXT")))]).Leaving("backfill-unbatched", "sqlite-table-rebuild")),
        Flagged("an expression", Severity.Dangerous, "ALTER TABLE orders ADD COLUMN token TEXT DEFAULT (lower(hex(randomblob(16))))").On(Sqlite).Cured(Filled),
        FlaggedOperations("as EF says it", Severity.Dangerous, new AddColumn(Shop.OrdersTable, Shop.Column("seen", "TEXT", false, new("CURRENT_TIMESTAMP", false)))).On(Sqlite).Cured(Filled),
        Flagged("an empty table", Severity.Careful, "ALTER TABLE orders ADD COLUMN seen TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP").On(Sqlite).WithRows(0).Saying("it passes while the table is empty").Cured(Filled),
        Allowed("a constant", "ALTER TABLE orders ADD COLUMN seen TEXT NOT NULL DEFAULT ''").On(Sqlite),
        Allowed("a number in parentheses", "ALTER TABLE orders ADD COLUMN n INTEGER NOT NULL DEFAULT (-1)").On(Sqlite),
        Allowed("the table is new", "CREATE TABLE invoices (id INTEGER PRIMARY KEY); ALTER TABLE invoices ADD COLUMN note TEXT").On(Sqlite),
        Allowed("an engine that fills rows", "ALTER TABLE orders ADD COLUMN seen timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP"),
    ];
}
