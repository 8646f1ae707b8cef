using EfSafeMigrate.Changes;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;

namespace EfSafeMigrate.Tests.Rules;

internal static class EfSqlserverIndexRebuildRuleCases
{
    private const string Drop = "DROP INDEX [ix_orders_code] ON [orders];";
    private const string Create = "CREATE INDEX [ix_orders_code] ON [orders] ([code]);";

    public static IEnumerable<RuleCase> All =>
    [
        Flagged("a wider text", Severity.Dangerous, $"{Drop} ALTER TABLE [orders] ALTER COLUMN [code] nvarchar(100) NULL; {Create}").OnSqlServer().WithRows(4_812_330)
            .Saying("ix_orders_code is dropped and built again on orders (4,812,330 rows) because code goes from nvarchar(20) to nvarchar(100), which needs no rebuild"),
        Flagged("with the default dropped as EF drops it", Severity.Dangerous, $"""
            {Drop} DECLARE @var0 sysname;
            SELECT @var0 = [d].[name] FROM [sys].[default_constraints] [d]
            INNER JOIN [sys].[columns] [c] ON [d].[parent_column_id] = [c].[column_id] AND [d].[parent_object_id] = [c].[object_id]
            WHERE ([d].[parent_object_id] = OBJECT_ID(N'[orders]') AND [c].[name] = N'code');
            IF @var0 IS NOT NULL EXEC(N'ALTER TABLE [orders] DROP CONSTRAINT [' + @var0 + '];');
            ALTER TABLE [orders] ALTER COLUMN [code] nvarchar(40) NULL; {Create}
            """).OnSqlServer("Standard"),
        Flagged("a small table", Severity.Careful, $"{Drop} ALTER TABLE [orders] ALTER COLUMN [code] nvarchar(21) NULL; {Create}").OnSqlServer().WithRows(900),
        Flagged("an index over several columns", Severity.Dangerous, "DROP INDEX ix_both ON orders; ALTER TABLE orders ALTER COLUMN status nvarchar(30); CREATE INDEX ix_both ON orders (number, status)")
            .OnSqlServer().After("CREATE INDEX ix_both ON orders (number, status)"),
        FlaggedOperations(
            "as operations",
            Severity.Dangerous,
            new DropIndex(Shop.OrdersTable, "ix_orders_code"),
            new AlterColumn(Shop.OrdersTable, Shop.Column("code", "nvarchar(100)"), Shop.Column("code", "nvarchar(20)")),
            new CreateIndex(Shop.OrdersTable, new("ix_orders_code", ["code"]))).OnSqlServer(),
        Allowed("the wider text without the index", "ALTER TABLE [orders] ALTER COLUMN [code] nvarchar(100) NULL").OnSqlServer(),
        Allowed("a type that needs the rebuild", $"{Drop} ALTER TABLE [orders] ALTER COLUMN [code] nchar(20) NULL; {Create}").OnSqlServer(),
        Allowed("NOT NULL, which needs the rebuild", $"{Drop} ALTER TABLE [orders] ALTER COLUMN [code] nvarchar(20) NOT NULL; {Create}").OnSqlServer(),
        Allowed("another index under the name", $"{Drop} ALTER TABLE [orders] ALTER COLUMN [code] nvarchar(100) NULL; CREATE INDEX [ix_orders_code] ON [orders] ([code], [status])").OnSqlServer(),
        Allowed("built online", $"{Drop} ALTER TABLE [orders] ALTER COLUMN [code] nvarchar(100) NULL; CREATE INDEX [ix_orders_code] ON [orders] ([code]) WITH (ONLINE = ON)").OnSqlServer("Enterprise"),
        Allowed("an index nobody altered", $"{Drop} {Create}").OnSqlServer(),
    ];
}
