using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class AddCheckValidatingRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("a large table", Severity.Dangerous, "ALTER TABLE orders ADD CONSTRAINT ck_orders_qty CHECK (qty >= 0)").WithRows(4_812_330)
            .Saying("Adding the CHECK constraint ck_orders_qty to orders (4,812,330 rows) reads every row"),
        Flagged("without a name", Severity.Dangerous, "ALTER TABLE orders ADD CHECK (qty >= 0)"),
        Flagged("a small table", Severity.Careful, "ALTER TABLE orders ADD CONSTRAINT ck_orders_qty CHECK (qty >= 0)").WithRows(900),
        FlaggedOperations("as EF says it", Severity.Dangerous, new AddCheckConstraint(Shop.OrdersTable, new("ck_orders_qty", "\"qty\" >= 0"))),
        Allowed("not validated", "ALTER TABLE orders ADD CONSTRAINT ck_orders_qty CHECK (qty >= 0) NOT VALID"),
        Allowed("validated afterwards", "ALTER TABLE orders VALIDATE CONSTRAINT ck_orders_qty").After("ALTER TABLE orders ADD CONSTRAINT ck_orders_qty CHECK (qty >= 0) NOT VALID"),
        Allowed("the table is new", "CREATE TABLE t (a int); ALTER TABLE t ADD CONSTRAINT ck CHECK (a > 0)"),
        AllowedOperations("another engine copies the table, which is said elsewhere", new AddCheckConstraint(Shop.OrdersTable, new("ck", "qty >= 0"))).On(Sqlite),
    ];
}
