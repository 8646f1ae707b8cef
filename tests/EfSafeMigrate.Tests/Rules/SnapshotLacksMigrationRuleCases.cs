using EfSafeMigrate.Changes;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class SnapshotLacksMigrationRuleCases
{
    private const string Cure = "ALTER TABLE orders ADD COLUMN tier int";

    public static IEnumerable<RuleCase> All =>
    [
        FlaggedOperations("of this branch", Severity.Dangerous, new SnapshotLacksMigration("20260101000000_AddVat", ["Order.Vat"])).Saying("The snapshot lacks Order.Vat, which AddVat brought").Cured(Deploy(Cure)),
        FlaggedOperations("of the base", Severity.Dangerous, new SnapshotLacksMigration("20260101000000_AddVat", ["Order.Vat"]) { Base = "origin/main" }).Saying("which AddVat of origin/main brought").Cured(Deploy(Cure)),
        FlaggedOperations("nobody knows which", Severity.Dangerous, new SnapshotLacksMigration(null, ["A", "B", "C", "D", "E"]) { Base = "origin/main" }).Saying("lacks A, B, C and 2 more, which origin/main has").Cured(Deploy(Cure)),
        Allowed("an ordinary migration", "ALTER TABLE orders ADD COLUMN tier int"),
        AllowedOperations("no migration", new SnapshotWithoutMigration("origin/main", ["Order.Vat"])),
        AllowedOperations("another model", new SnapshotDiffers("20260101000000_AddVat", ["Order.Vat"], [])),
    ];
}
