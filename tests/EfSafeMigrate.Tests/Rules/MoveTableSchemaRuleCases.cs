using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class MoveTableSchemaRuleCases
{
    private const string Archive = "CREATE SCHEMA archive";

    public static IEnumerable<RuleCase> All =>
    [
        Flagged("into another schema", Severity.Dangerous, "ALTER TABLE orders SET SCHEMA archive").After(Archive).Saying("orders moves to archive.orders: the running release queries orders and fails").Cured(LeftOut),
        FlaggedOperations("as EF says it", Severity.Dangerous, new RenameTable(Shop.OrdersTable, new("archive", "orders"))).After(Archive).Cured(LeftOut),
        Flagged("a view keeps the old place", Severity.Careful, "ALTER TABLE logs SET SCHEMA archive; CREATE VIEW public.logs AS SELECT * FROM archive.logs").After(Archive).Saying("a view in the old schema serves").Cured(LeftOut),
        Allowed("the table is new", "CREATE TABLE invoices (id bigint PRIMARY KEY); ALTER TABLE invoices SET SCHEMA archive").After(Archive),
        Allowed("a schema is created", "CREATE SCHEMA store"),
        Allowed("a new name has a rule of its own", "ALTER TABLE orders RENAME TO sales_orders"),
    ];
}
