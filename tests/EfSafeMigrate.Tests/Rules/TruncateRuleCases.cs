using EfSafeMigrate.Changes;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class TruncateRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("with its rows", Severity.Dangerous, "TRUNCATE orders").WithRows(4_812_330).Saying("TRUNCATE deletes 4,812,330 rows of orders")
            .Cured(LeftOut)
            .Cured(Deploy("CREATE TABLE orders_saved AS SELECT * FROM orders; TRUNCATE orders")),
        Flagged("of unknown size", Severity.Dangerous, "TRUNCATE TABLE logs RESTART IDENTITY").Saying("every row of logs")
            .Cured(LeftOut)
            .Cured(Deploy("CREATE TABLE logs_saved AS SELECT * FROM logs; TRUNCATE TABLE logs RESTART IDENTITY")),
        Flagged("with CASCADE, where nothing references it", Severity.Dangerous, "TRUNCATE logs CASCADE")
            .Cured(LeftOut),
        Allowed("the table is new", "CREATE TABLE invoices (id bigint PRIMARY KEY); TRUNCATE invoices"),
        Allowed("one row", "DELETE FROM orders WHERE id = 7"),
        Allowed("rows are added", "INSERT INTO logs (id, line) VALUES (0, 'x')"),
        Flagged("SQL Server", Severity.Dangerous, "TRUNCATE TABLE [dbo].[orders]").OnSqlServer().Cured(Deploy("SELECT * INTO [orders_saved] FROM [orders]; TRUNCATE TABLE [orders]")),
    ];
}
