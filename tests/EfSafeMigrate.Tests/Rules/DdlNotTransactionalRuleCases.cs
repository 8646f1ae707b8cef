using EfSafeMigrate.Changes;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class DdlNotTransactionalRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("two columns", Severity.Careful, "ALTER TABLE orders ADD COLUMN memo int NULL; ALTER TABLE customers ADD COLUMN memo int NULL").On(MySql)
            .Saying("Add column on customers is not the only change of Case1, and MySQL commits each statement by itself: when it fails or takes too long, add column on orders stays applied")
            .Cured(Deploy("ALTER TABLE orders ADD COLUMN memo int NULL", "ALTER TABLE customers ADD COLUMN memo int NULL")),
        Flagged("a new table and an old one", Severity.Careful, "CREATE TABLE invoices (id bigint PRIMARY KEY); CREATE UNIQUE INDEX ux ON orders (number)").On(MariaDb).Saying("create table on invoices stays applied")
            .Cured(new CuredForm([Deploy("CREATE TABLE invoices (id bigint PRIMARY KEY)", "CREATE UNIQUE INDEX ux ON orders (number)")]).Leaving("unique-data-dependent")),
        FlaggedOperations("rows and a column", Severity.Careful, new InsertData(Shop.Customers, 3), new AddColumn(Shop.OrdersTable, Shop.Column("memo", "int"))).On(MySql).Saying("insert data on customers stays applied")
            .Cured(Deploy(new InsertData(Shop.Customers, 3), new AddColumn(Shop.OrdersTable, Shop.Column("memo", "int")))),
        FlaggedOperations("a copy in several transactions", Severity.Careful,
            new AddColumn(Shop.Customers, Shop.Column("memo", "TEXT")), new AlterColumn(Shop.OrdersTable, Shop.Column("number", "TEXT"), Shop.Column("number", "INTEGER"))).On(Sqlite)
            .Saying("the copy of the table commits in between")
            .Cured(new CuredForm([Deploy(new AddColumn(Shop.Customers, Shop.Column("memo", "TEXT")), new AlterColumn(Shop.OrdersTable, Shop.Column("number", "TEXT"), Shop.Column("number", "INTEGER")))]).Leaving("sqlite-table-rebuild")),
        Allowed("one change", "ALTER TABLE orders ADD COLUMN memo int NULL").On(MySql),
        Allowed("one statement with two actions", "ALTER TABLE orders ADD COLUMN memo int NULL, ADD COLUMN size int NULL").On(MySql),
        Allowed("only new tables", "CREATE TABLE invoices (id bigint PRIMARY KEY); CREATE TABLE bills (id bigint PRIMARY KEY, n int); CREATE INDEX ix ON bills (n)").On(MySql),
        Allowed("two migrations", "ALTER TABLE orders ADD COLUMN memo int NULL", "ALTER TABLE customers ADD COLUMN memo int NULL").On(MariaDb),
        Allowed("settings around it", "SET lock_wait_timeout = 5; ALTER TABLE orders ADD COLUMN memo int NULL; SET lock_wait_timeout = 50").On(MySql),
        Allowed("what can be run again", "DROP TABLE IF EXISTS logs; ALTER TABLE orders ADD COLUMN memo int NULL").On(MariaDb),
        Allowed("an engine that rolls back", "ALTER TABLE orders ADD COLUMN memo integer; ALTER TABLE customers ADD COLUMN memo integer"),
        Allowed("SQLite's own statements", "ALTER TABLE orders ADD COLUMN memo INTEGER; ALTER TABLE customers ADD COLUMN memo INTEGER").On(Sqlite),
        AllowedOperations("one copy for both", new AlterColumn(Shop.OrdersTable, Shop.Column("number", "TEXT"), Shop.Column("number", "INTEGER")), new AlterColumn(Shop.OrdersTable, Shop.Column("note", "TEXT", false), Shop.Column("note", "TEXT"))).On(Sqlite),
    ];
}
