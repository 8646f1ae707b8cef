using EfSafeMigrate.Changes;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class NonLinearHistoryRuleCases
{
    private const string Cure = "ALTER TABLE orders ADD COLUMN tier int";

    public static IEnumerable<RuleCase> All =>
    [
        FlaggedOperations("not merged yet", Severity.Dangerous, new LateMigration("origin/main", "20260101000000_AddVat", false)).Saying("stands before 20260101000000_AddVat, which origin/main has already").Cured(Deploy(Cure)),
        FlaggedOperations("merged", Severity.Dangerous, new LateMigration("origin/main", "20260101000000_AddVat", true) { Snapshot = "Migrations/ShopContextModelSnapshot.cs" }).Saying("a new one before it").Cured(Deploy(Cure)),
        FlaggedOperations("on a local branch", Severity.Dangerous, new LateMigration("main", "20260101000000_AddVat", false)).Saying("which main has already").Cured(Deploy(Cure)),
        Allowed("an ordinary migration", "ALTER TABLE orders ADD COLUMN tier int"),
        AllowedOperations("an edited one", new EditedMigration("origin/main", "Up")),
        AllowedOperations("one timestamp", new DuplicateMigration("20260101000000_AddVat", Shared.Timestamp)),
    ];
}
