using EfSafeMigrate.Changes;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class MigrationWithoutAttributeRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        FlaggedOperations("no Designer file", Severity.Careful, new IgnoredMigration("AddTier", "[Migration] or [DbContext]")).Saying("EF never runs AddTier").Cured(Deploy("ALTER TABLE orders ADD COLUMN tier int")),
        FlaggedOperations("no id", Severity.Careful, new IgnoredMigration("AddTier", "[Migration]")).Saying("no part of the class carries [Migration]").Cured(Deploy("ALTER TABLE orders ADD COLUMN tier int")),
        FlaggedOperations("no context", Severity.Careful, new IgnoredMigration("AddTier", "[DbContext]")).On(Sqlite).Cured(Deploy("ALTER TABLE orders ADD COLUMN tier int")),
        Allowed("a migration that runs", "ALTER TABLE orders ADD COLUMN tier int"),
        Allowed("an empty one", "SELECT 1"),
        AllowedOperations("another trap", new LiveModelUse("Order")),
    ];
}
