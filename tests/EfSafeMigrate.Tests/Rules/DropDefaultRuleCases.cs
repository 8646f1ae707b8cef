using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class DropDefaultRuleCases
{
    private static CuredForm Ahead(string sql) => new([Deploy().Declaring(sql), Deploy(sql)]);

    public static IEnumerable<RuleCase> All =>
    [
        Flagged("of a required column", Severity.Careful, "ALTER TABLE orders ALTER COLUMN qty DROP DEFAULT").Saying("orders.qty is required and loses its default").Cured(Ahead("ALTER TABLE orders ALTER COLUMN qty DROP DEFAULT")),
        FlaggedOperations("as EF says it", Severity.Careful, new AlterColumn(Shop.OrdersTable, Shop.Column("qty", "integer", false), Shop.Column("qty", "integer", false, new("0", true)))).Cured(Ahead("ALTER TABLE orders ALTER COLUMN qty DROP DEFAULT")),
        Flagged("another engine", Severity.Careful, "ALTER TABLE orders ALTER COLUMN qty DROP DEFAULT").On("mysql").Cured(Ahead("ALTER TABLE orders ALTER COLUMN qty DROP DEFAULT")),
        Allowed("of a nullable column", "ALTER TABLE orders ALTER COLUMN note DROP DEFAULT").After("ALTER TABLE orders ALTER COLUMN note SET DEFAULT 'x'"),
        Allowed("another takes its place", "ALTER TABLE orders ALTER COLUMN qty DROP DEFAULT; ALTER TABLE orders ALTER COLUMN qty SET DEFAULT 0"),
        Allowed("there was none", "ALTER TABLE orders ALTER COLUMN number DROP DEFAULT"),
        Allowed("a restated column forgets it, which is said elsewhere", "ALTER TABLE orders MODIFY COLUMN qty int NOT NULL").On(MySql),
        Allowed("the table is new", "CREATE TABLE invoices (id bigint PRIMARY KEY, n integer NOT NULL DEFAULT 0); ALTER TABLE invoices ALTER COLUMN n DROP DEFAULT"),
    ];
}
