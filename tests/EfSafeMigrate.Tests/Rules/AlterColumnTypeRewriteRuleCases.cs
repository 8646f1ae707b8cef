using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class AlterColumnTypeRewriteRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("integer to bigint", Severity.Dangerous, "ALTER TABLE orders ALTER COLUMN qty TYPE bigint").WithRows(4_812_330, 1_181_116_006)
            .Saying("writes every row and index of orders (4,812,330 rows, 1.1 GB) and stops every read and write of orders")
            .Cured(Beside("orders", "qty", "qty_big", "bigint")),
        Flagged("narrower text", Severity.Dangerous, "ALTER TABLE orders ALTER COLUMN note TYPE varchar(200)")
            .Cured(Beside("orders", "note", "note_short", "varchar(200)", "{old}::varchar(200)")),
        Flagged("more scale", Severity.Dangerous, "ALTER TABLE orders ALTER COLUMN total TYPE numeric(14,4)")
            .Cured(Beside("orders", "total", "total_exact", "numeric(14,4)")),
        Flagged("json to jsonb", Severity.Dangerous, "ALTER TABLE orders ALTER COLUMN settings TYPE jsonb")
            .Cured(Beside("orders", "settings", "settings_binary", "jsonb", "{old}::jsonb", "{new}::json")),
        Flagged("timestamp with an unknown time zone", Severity.Dangerous, "ALTER TABLE orders ALTER COLUMN placed_at TYPE timestamptz"),
        Flagged("a table nobody described", Severity.Dangerous, "ALTER TABLE legacy ALTER COLUMN a TYPE bigint")
            .Cured(new CuredForm(Beside("legacy", "a", "a_big", "bigint", mapped: false)).Leaving("backfill-unbatched")) with { Runs = false },
        Flagged("a small table", Severity.Careful, "ALTER TABLE orders ALTER COLUMN qty TYPE bigint").WithRows(900)
            .Cured(Beside("orders", "qty", "qty_big", "bigint")),
        Allowed("wider varchar", "ALTER TABLE orders ALTER COLUMN code TYPE varchar(50)"),
        Allowed("varchar to text", "ALTER TABLE orders ALTER COLUMN code TYPE text"),
        Allowed("more precision at the same scale", "ALTER TABLE orders ALTER COLUMN total TYPE numeric(14,2)"),
        Allowed("a limit goes", "ALTER TABLE orders ALTER COLUMN code TYPE varchar"),
        Allowed("a number without a limit", "ALTER TABLE orders ALTER COLUMN total TYPE numeric"),
        Allowed("an address of a network becomes one of a host", "ALTER TABLE hosts ALTER COLUMN net TYPE inet").After("CREATE TABLE hosts (id bigint PRIMARY KEY, net cidr); INSERT INTO hosts SELECT g, '10.0.0.0/8' FROM generate_series(1, 20000) g"),
        Allowed("a time with more digits", "ALTER TABLE times ALTER COLUMN due TYPE timestamptz(6), ALTER COLUMN lead TYPE interval").After("CREATE TABLE times (id bigint PRIMARY KEY, due timestamptz(3), lead interval(0)); INSERT INTO times SELECT g, now(), '1 day' FROM generate_series(1, 20000) g"),
        Allowed("more bits", "ALTER TABLE masks ALTER COLUMN flags TYPE varbit(32)").After("CREATE TABLE masks (id bigint PRIMARY KEY, flags varbit(16)); INSERT INTO masks SELECT g, B'101' FROM generate_series(1, 20000) g"),
        Allowed("xml to text", "ALTER TABLE docs ALTER COLUMN body TYPE text").After("CREATE TABLE docs (id bigint PRIMARY KEY, body xml); INSERT INTO docs SELECT g, '<a/>' FROM generate_series(1, 20000) g"),
        Allowed("text to citext without an index", "ALTER TABLE orders ALTER COLUMN note TYPE citext").After("CREATE EXTENSION citext"),
        Allowed("timestamp to timestamptz in UTC", "SET TIME ZONE 'UTC'; ALTER TABLE orders ALTER COLUMN placed_at TYPE timestamptz"),
        Allowed("only a default, of a table nobody described", "ALTER TABLE legacy ALTER COLUMN a SET DEFAULT 1") with { Runs = false },
        Allowed("the same type again", "ALTER TABLE orders ALTER COLUMN code TYPE varchar(20)"),
        Allowed("the table is new", "CREATE TABLE invoices (id bigint PRIMARY KEY, n integer); ALTER TABLE invoices ALTER COLUMN n TYPE bigint"),
        AllowedOperations("the provider copies the table", new AlterColumn(Shop.OrdersTable, Shop.Column("number", "TEXT"), Shop.Column("number", "INTEGER"))).On(Sqlite),
        Flagged("SQL Server, a number of another size", Severity.Dangerous, "ALTER TABLE orders ALTER COLUMN number decimal(20,0) NULL").OnSqlServer().Saying("from bigint to decimal(20,0)")
            .Cured(Deploy("ALTER TABLE orders ADD number_new decimal(20,0) NULL").Unmapping("orders.number")),
        Flagged("SQL Server, a text that leaves the row", Severity.Dangerous, "ALTER TABLE orders ALTER COLUMN status nvarchar(max) NULL").OnSqlServer()
            .Cured(Deploy("ALTER TABLE orders ADD status_new nvarchar(max) NULL").Unmapping("orders.status")),
        Allowed("SQL Server, a longer text under its index", "ALTER TABLE orders ALTER COLUMN code nvarchar(100) NULL").OnSqlServer(),
    ];
}
