using EfSafeMigrate.Changes;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class DataMigrationUsesLiveModelRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        FlaggedOperations("the context", Severity.Careful, new LiveModelUse("ShopContext")).Saying("uses ShopContext as it is today").Cured(Deploy("UPDATE orders SET note = 'x' WHERE id = 1")),
        FlaggedOperations("an entity", Severity.Careful, new LiveModelUse("Order")).Saying("uses Order").Cured(Deploy("UPDATE orders SET note = 'x' WHERE id = 1")),
        FlaggedOperations("on SQLite", Severity.Careful, new LiveModelUse("Order")).On(Sqlite).Cured(Deploy("UPDATE orders SET note = 'x' WHERE id = 1")),
        Allowed("SQL", "UPDATE orders SET note = 'x' WHERE id = 1"),
        AllowedOperations("EF's own operation", new UpdateData(new(null, "orders"), ["note"], 1)),
        AllowedOperations("another trap", new IgnoredMigration("AddTier", "[Migration]")),
    ];
}
