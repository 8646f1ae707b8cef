using EfSafeMigrate.Changes;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class SnapshotDiffersFromDesignerRuleCases
{
    private const string Cure = "ALTER TABLE orders ADD COLUMN tier int";

    public static IEnumerable<RuleCase> All =>
    [
        FlaggedOperations("more in the snapshot", Severity.Careful, new SnapshotDiffers("20260101000000_AddVat", ["Order.Tier"], [])).Saying("the snapshot says Order.Tier otherwise or alone").Cured(Deploy(Cure)),
        FlaggedOperations("more in the Designer", Severity.Careful, new SnapshotDiffers("20260101000000_AddVat", [], ["Order.Vat"])).Saying("only the Designer knows Order.Vat").Cured(Deploy(Cure)),
        FlaggedOperations("both", Severity.Careful, new SnapshotDiffers("20260101000000_AddVat", ["Order.Tier"], ["Order.Tier", "Order.Vat"])).Saying("otherwise or alone, and only the Designer knows Order.Vat").Cured(Deploy(Cure)),
        Allowed("an ordinary migration", "ALTER TABLE orders ADD COLUMN tier int"),
        AllowedOperations("it lacks one", new SnapshotLacksMigration("20260101000000_AddVat", ["Order.Vat"])),
        AllowedOperations("no migration", new SnapshotWithoutMigration("origin/main", ["Order.Vat"])),
    ];
}
