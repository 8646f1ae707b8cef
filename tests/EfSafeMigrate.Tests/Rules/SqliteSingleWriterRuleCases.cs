using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class SqliteSingleWriterRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("an index is built", Severity.Careful, "CREATE INDEX ix_orders_note ON orders (note)").On(Sqlite).Saying("Building ix_orders_note on orders")
            .Cured(Deploy("CREATE INDEX ix_orders_note ON orders (note)").WithoutTraffic()),
        Flagged("an index is dropped", Severity.Careful, "DROP INDEX ix_orders_code").On(Sqlite).Saying("every writer of the database").Cured(Deploy("DROP INDEX ix_orders_code").WithoutTraffic()),
        Flagged("indexes are built anew", Severity.Careful, "REINDEX orders").On(Sqlite).Cured(Deploy("REINDEX orders").WithoutTraffic()),
        FlaggedOperations("an index gets another name", Severity.Careful, new RenameIndex(Shop.OrdersTable, "ix_orders_code", "ix_code")).On(Sqlite)
            .Cured(Deploy(new RenameIndex(Shop.OrdersTable, "ix_orders_code", "ix_code")).WithoutTraffic()),
        Allowed("the table is new", "CREATE TABLE t (a INTEGER); CREATE INDEX ix_t ON t (a)").On(Sqlite),
        Allowed("a column is added", "ALTER TABLE orders ADD COLUMN memo TEXT").On(Sqlite),
        Allowed("an engine with many writers", "CREATE INDEX ix_orders_note ON orders (note)"),
    ];
}
