using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class ChangeDefaultRuleCases
{
    private static CuredForm Ahead(string sql) => new([Deploy().Declaring(sql), Deploy(sql)]);

    public static IEnumerable<RuleCase> All =>
    [
        Flagged("another number", Severity.Careful, "ALTER TABLE orders ALTER COLUMN qty SET DEFAULT 5").Saying("changes from 0 to 5").Cured(Ahead("ALTER TABLE orders ALTER COLUMN qty SET DEFAULT 5")),
        FlaggedOperations("as EF says it", Severity.Careful, new AlterColumn(Shop.OrdersTable, Shop.Column("qty", "integer", false, new("1", true)), Shop.Column("qty", "integer", false, new("0", true)))).Cured(Ahead("ALTER TABLE orders ALTER COLUMN qty SET DEFAULT 1")),
        Flagged("an expression instead of a value", Severity.Careful, "ALTER TABLE orders ALTER COLUMN qty SET DEFAULT (1 + 1)").Cured(Ahead("ALTER TABLE orders ALTER COLUMN qty SET DEFAULT (1 + 1)")),
        Flagged("another engine", Severity.Careful, "ALTER TABLE orders ALTER COLUMN qty SET DEFAULT 5").On("mariadb").Cured(Ahead("ALTER TABLE orders ALTER COLUMN qty SET DEFAULT 5")),
        Allowed("the same value with a cast", "ALTER TABLE orders ALTER COLUMN qty SET DEFAULT '0'::integer"),
        Allowed("there was none", "ALTER TABLE orders ALTER COLUMN note SET DEFAULT 'x'"),
        Allowed("the column is new", "ALTER TABLE orders ADD COLUMN tier integer NOT NULL DEFAULT 0; ALTER TABLE orders ALTER COLUMN tier SET DEFAULT 1"),
        Allowed("the table is new", "CREATE TABLE invoices (id bigint PRIMARY KEY, n integer DEFAULT 0); ALTER TABLE invoices ALTER COLUMN n SET DEFAULT 1"),
    ];
}
