using EfSafeMigrate.Changes;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class SnapshotWithoutMigrationRuleCases
{
    private const string Cure = "ALTER TABLE orders ADD COLUMN tier int";

    public static IEnumerable<RuleCase> All =>
    [
        FlaggedOperations("a column", Severity.Dangerous, new SnapshotWithoutMigration("origin/main", ["Order.Vat"])).Saying("differs from origin/main's in Order.Vat").Cured(Deploy(Cure)),
        FlaggedOperations("several things", Severity.Dangerous, new SnapshotWithoutMigration("origin/main", ["Order.Vat", "an index of Order"])).Saying("Order.Vat and an index of Order").Cured(Deploy(Cure)),
        FlaggedOperations("of a local branch", Severity.Dangerous, new SnapshotWithoutMigration("main", ["Order"])).Saying("differs from main's").Cured(Deploy(Cure)),
        Allowed("an ordinary migration", "ALTER TABLE orders ADD COLUMN tier int"),
        AllowedOperations("it lacks one", new SnapshotLacksMigration("20260101000000_AddVat", ["Order.Vat"])),
        AllowedOperations("another model", new SnapshotDiffers("20260101000000_AddVat", ["Order.Vat"], [])),
    ];
}
