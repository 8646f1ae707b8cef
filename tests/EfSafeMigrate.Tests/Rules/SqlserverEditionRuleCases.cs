using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class SqlserverEditionRuleCases
{
    private const string Online = "CREATE INDEX ix_orders_status ON orders (status) WITH (ONLINE = ON, MAXDOP = 2)";
    private const string Offline = "CREATE INDEX ix_orders_status ON orders (status)";
    private const string Required = "ALTER TABLE [orders] ADD [is_gift] bit NOT NULL DEFAULT CAST(0 AS bit)";
    private const string Nullable = "ALTER TABLE [orders] ADD [is_gift] bit NULL DEFAULT CAST(0 AS bit)";

    public static IEnumerable<RuleCase> All =>
    [
        Flagged("online on Standard", Severity.Dangerous, Online).OnSqlServer("Standard Edition (64-bit)").Saying("on Standard Edition (64-bit) the build of ix_orders_status fails")
            .Cured(Deploy(Offline).WithoutTraffic()),
        Flagged("online, and nobody said where", Severity.Careful, Online).OnSqlServer().Saying("on any other edition the build of ix_orders_status fails")
            .Cured(Deploy(Offline).WithoutTraffic()),
        Flagged("a key online on Express", Severity.Dangerous, "ALTER TABLE orders ADD CONSTRAINT ak_orders_number UNIQUE (number) WITH (ONLINE = ON)").OnSqlServer("Express Edition")
            .Cured(new CuredForm([Deploy("ALTER TABLE orders ADD CONSTRAINT ak_orders_number UNIQUE (number)").WithoutTraffic()]).Leaving("unique-data-dependent")),
        Flagged("a required column with a default on Web", Severity.Dangerous, Required).OnSqlServer("Web Edition").WithRows(4_812_330)
            .Saying("writes CAST(0 AS bit) into every row of orders (4,812,330 rows)").Cured(Deploy(Nullable)),
        Flagged("the same in a small table", Severity.Careful, Required).OnSqlServer("Standard").WithRows(900).Cured(Deploy(Nullable)),
        Flagged("the same, and nobody said where", Severity.Careful, Required).OnSqlServer().Saying("any other edition writes").Cured(Deploy(Nullable)),
        Flagged("values for a nullable column on Standard", Severity.Dangerous, "ALTER TABLE orders ADD is_gift bit NULL DEFAULT 0 WITH VALUES").OnSqlServer("Standard").Cured(Deploy(Nullable)),
        Allowed("online on Enterprise", Online).OnSqlServer("Enterprise Edition: Core-based Licensing (64-bit)"),
        Allowed("a required column with a default on Azure", Required).OnSqlServer("Azure"),
        Allowed("the same on Developer", "ALTER TABLE orders ADD seen_at datetime2 NOT NULL DEFAULT SYSUTCDATETIME()").OnSqlServer("Developer Edition (64-bit)"),
        Allowed("a nullable column with a default", Nullable).OnSqlServer("Standard"),
        Allowed("a required column of a new table", "CREATE TABLE bills (id int PRIMARY KEY); ALTER TABLE bills ADD is_gift bit NOT NULL DEFAULT 0").OnSqlServer("Standard"),
        Allowed("a value of its own for each row, which no edition keeps beside the table", "ALTER TABLE orders ADD token uniqueidentifier NOT NULL DEFAULT NEWID()").OnSqlServer("Enterprise"),
        Allowed("another engine", "ALTER TABLE orders ADD COLUMN is_gift boolean NOT NULL DEFAULT false"),
    ];
}
