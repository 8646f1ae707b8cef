using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class NondescriptMigrationNameRuleCases
{
    private const string Tier = "ALTER TABLE orders ADD COLUMN tier int";

    public static IEnumerable<RuleCase> All =>
    [
        Called("Update1").Saying("The name Update1 does not say what the migration does"),
        Called("Fix"),
        Called("migration_2"),
        Called("TestModelChanges"),
        Called("DbUpdate_WIP"),
        Called("a"),
        Called("V12"),
        Fine("AddTierToOrders"),
        Fine("FixTier"),
        Fine("InitialCreate"),
        Fine("UpdateOrders"),
        Fine("RenameDb2"),
        Fine("等级"),
        Fine("a|b"),
        Allowed("a text has no name", Tier).Named("Update").AsScript(),
    ];

    private static RuleCase Called(string name) => Flagged($"called {name}", Severity.Safe, Tier).Named(name).Cured(Deploy(Tier));

    private static RuleCase Fine(string name) => Allowed($"called {name}", Tier).Named(name);
}
