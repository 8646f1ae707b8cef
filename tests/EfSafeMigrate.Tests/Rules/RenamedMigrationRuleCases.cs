using EfSafeMigrate.Changes;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class RenamedMigrationRuleCases
{
    private const string Cure = "ALTER TABLE orders ADD COLUMN tier int";

    public static IEnumerable<RuleCase> All =>
    [
        FlaggedOperations("another id", Severity.Dangerous, new RenamedMigration("origin/main", "20260101000000_AddVat", ["Migrations/20260101000000_AddVat.cs"])).Saying("20260101000000_AddVat of origin/main is called").Cured(Deploy(Cure)),
        FlaggedOperations("another folder", Severity.Dangerous, new RenamedMigration("origin/main", "20260101000000_AddVat", ["Data/20260101000000_AddVat.cs"])).Saying("runs it once more").Cured(Deploy(Cure)),
        FlaggedOperations("of a local branch", Severity.Dangerous, new RenamedMigration("main", "20260101000000_AddVat", ["a b.cs"])).Saying("of main is called").Cured(Deploy(Cure)),
        Allowed("an ordinary migration", "ALTER TABLE orders ADD COLUMN tier int"),
        AllowedOperations("an edited one", new EditedMigration("origin/main", "Up")),
        AllowedOperations("a deleted one", new DeletedMigrations("origin/main", ["20260101000000_AddVat"], ["a.cs"])),
    ];
}
