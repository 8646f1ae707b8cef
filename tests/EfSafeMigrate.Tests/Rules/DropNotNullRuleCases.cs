using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class DropNotNullRuleCases
{
    private static CuredForm Ahead(string sql) => new([Deploy().Declaring(sql), Deploy(sql)]);

    public static IEnumerable<RuleCase> All =>
    [
        Flagged("a required column", Severity.Careful, "ALTER TABLE orders ALTER COLUMN qty DROP NOT NULL").Saying("fails on the first row that holds NULL").Cured(Ahead("ALTER TABLE orders ALTER COLUMN qty DROP NOT NULL")),
        FlaggedOperations("as EF says it", Severity.Careful, new AlterColumn(Shop.OrdersTable, Shop.Column("qty", "integer"), Shop.Column("qty", "integer", false))).Cured(Ahead("ALTER TABLE orders ALTER COLUMN qty DROP NOT NULL")),
        Flagged("another engine", Severity.Careful, "ALTER TABLE orders MODIFY COLUMN qty integer NULL DEFAULT 0").On("mysql").Cured(Ahead("ALTER TABLE orders MODIFY COLUMN qty integer NULL DEFAULT 0")),
        FlaggedOperations("a provider that copies the table", Severity.Careful, new AlterColumn(Shop.OrdersTable, Shop.Column("qty", "INTEGER"), Shop.Column("qty", "INTEGER", false))).On(Sqlite).Cured(LeftOut),
        Allowed("it is nullable already", "ALTER TABLE orders ALTER COLUMN note DROP NOT NULL"),
        Allowed("the column is new", "ALTER TABLE orders ADD COLUMN tier integer NOT NULL DEFAULT 0; ALTER TABLE orders ALTER COLUMN tier DROP NOT NULL"),
        Allowed("the table is new", "CREATE TABLE invoices (id bigint PRIMARY KEY, n text NOT NULL); ALTER TABLE invoices ALTER COLUMN n DROP NOT NULL"),
        Allowed("only the default goes", "ALTER TABLE orders ALTER COLUMN qty DROP DEFAULT"),
        AllowedOperations("another engine, a wider type", new AlterColumn(Shop.OrdersTable, Shop.Column("note", "BLOB"), Shop.Column("note", "TEXT"))).On(Sqlite),
    ];
}
