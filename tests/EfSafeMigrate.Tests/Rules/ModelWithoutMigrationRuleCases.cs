using EfSafeMigrate.Changes;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class ModelWithoutMigrationRuleCases
{
    private const string Cure = "ALTER TABLE orders ADD COLUMN tier int";

    public static IEnumerable<RuleCase> All =>
    [
        FlaggedOperations("refused", Severity.Dangerous, new UnmigratedModel("origin/main", 2, "10.0.14")).Saying("2 changes that no migration holds: the release uses what no database has, and Migrate throws").Cured(Deploy(Cure)),
        FlaggedOperations("one change", Severity.Dangerous, new UnmigratedModel("origin/main", 1, "9.0.1")).Saying("The model has 1 change that").Cured(Deploy(Cure)),
        FlaggedOperations("EF 8", Severity.Dangerous, new UnmigratedModel("origin/main", 3, "8.0.11")).Saying("uses what no database has.").Cured(Deploy(Cure)),
        Allowed("an ordinary migration", "ALTER TABLE orders ADD COLUMN tier int"),
        AllowedOperations("the snapshot alone", new SnapshotWithoutMigration("origin/main", ["Order.Vat"])),
        AllowedOperations("edited", new EditedMigration("origin/main", "Up")),
    ];
}
