using EfSafeMigrate.Changes;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class EditedAppliedMigrationRuleCases
{
    private const string Cure = "ALTER TABLE orders ADD COLUMN tier int";

    public static IEnumerable<RuleCase> All =>
    [
        FlaggedOperations("its Up", Severity.Dangerous, new EditedMigration("origin/main", "Up")).Saying("is on origin/main already, and its Up differs").Cured(Deploy(Cure)),
        FlaggedOperations("a constant", Severity.Dangerous, new EditedMigration("origin/main", "Sql")).Saying("and Sql, which it uses, differs").Cured(Deploy(Cure)),
        FlaggedOperations("its Down", Severity.Careful, new EditedMigration("origin/main", "Down")).Saying("with another Down").Cured(Deploy(Cure)),
        Allowed("an ordinary migration", "ALTER TABLE orders ADD COLUMN tier int"),
        AllowedOperations("a late one", new LateMigration("origin/main", "20260101000000_AddVat", false)),
        AllowedOperations("one without a Down", new DownlessMigration(true)),
    ];
}
