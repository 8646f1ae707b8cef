using EfSafeMigrate.Changes;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class DeletedMigrationRuleCases
{
    private const string Cure = "ALTER TABLE orders ADD COLUMN tier int";

    public static IEnumerable<RuleCase> All =>
    [
        FlaggedOperations("one", Severity.Dangerous, new DeletedMigrations("origin/main", ["20260101000000_AddVat"], ["Migrations/20260101000000_AddVat.cs"])).Saying("AddVat is on origin/main, and not here").Cured(Deploy(Cure)),
        FlaggedOperations("its Designer", Severity.Dangerous, new DeletedMigrations("origin/main", ["20260101000000_AddVat"], ["Migrations/20260101000000_AddVat.Designer.cs"]) { Disowned = true }).Saying("has lost the attributes").Cured(Deploy(Cure)),
        FlaggedOperations("a whole history", Severity.Dangerous, new DeletedMigrations("origin/main", ["1_A", "2_B", "3_C"], ["M/1_A.cs", "M/2_B.cs", "M/3_C.cs", "M/1_A.Designer.cs", "M/2_B.Designer.cs"])).Saying("3 migrations of origin/main are not here, 1_A to 3_C").Cured(Deploy(Cure)),
        Allowed("an ordinary migration", "ALTER TABLE orders ADD COLUMN tier int"),
        AllowedOperations("an edited one", new EditedMigration("origin/main", "Up")),
        AllowedOperations("a renamed one", new RenamedMigration("origin/main", "20260101000000_AddVat", ["a.cs"])),
    ];
}
