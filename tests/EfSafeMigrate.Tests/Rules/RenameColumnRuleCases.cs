using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class RenameColumnRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("written by hand", Severity.Dangerous, "ALTER TABLE orders RENAME COLUMN note TO remark").Saying("the running release reads and writes note and fails")
            .Cured(LeftOut)
            .Cured(Beside("orders", "note", "remark", "text")),
        FlaggedOperations("an honest rename", Severity.Dangerous, new RenameColumn(Shop.OrdersTable, "number", "order_number"))
            .Cured(LeftOut)
            .Cured(Beside("orders", "number", "order_number", "bigint")),
        Flagged("a small table", Severity.Dangerous, "ALTER TABLE orders RENAME COLUMN code TO code_text").WithRows(3)
            .Cured(LeftOut)
            .Cured(Beside("orders", "code", "code_text", "varchar(20)")),
        Flagged("another engine", Severity.Dangerous, "ALTER TABLE orders RENAME COLUMN code TO order_code").On(Sqlite)
            .Cured(LeftOut),
        Allowed("the table is new", "CREATE TABLE invoices (id bigint PRIMARY KEY, n text); ALTER TABLE invoices RENAME COLUMN n TO m"),
        Allowed("the column is new", "ALTER TABLE orders ADD COLUMN memo text; ALTER TABLE orders RENAME COLUMN memo TO remark"),
        AllowedOperations("another rule doubts it", new RenameColumn(Shop.OrdersTable, "note", "to_delete")),
        Allowed("an index is renamed", "ALTER INDEX ix_orders_code RENAME TO ix_orders_code2"),
        Flagged("SQL Server", Severity.Dangerous, "EXEC sp_rename N'[dbo].[orders].[note]', N'remark', N'COLUMN'").OnSqlServer().Saying("orders.note becomes remark").Cured(LeftOut),
    ];
}
