using EfSafeMigrate.Changes;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class DuplicateMigrationRuleCases
{
    private const string Cure = "ALTER TABLE orders ADD COLUMN tier int";

    public static IEnumerable<RuleCase> All =>
    [
        FlaggedOperations("an id", Severity.Dangerous, new DuplicateMigration("20260101000000_AddVat", Shared.Id)).Saying("Two migrations have the id 20260101000000_AddVat").Cured(Deploy(Cure)),
        FlaggedOperations("a name", Severity.Careful, new DuplicateMigration("20260101000000_First", Shared.Name)).Saying("have one name").Cured(Deploy(Cure)),
        FlaggedOperations("a timestamp", Severity.Careful, new DuplicateMigration("20260101000000_AddVat", Shared.Timestamp)).Saying("have one timestamp").Cured(Deploy(Cure)),
        Allowed("an ordinary migration", "ALTER TABLE orders ADD COLUMN tier int"),
        AllowedOperations("a late one", new LateMigration("origin/main", "20260101000000_AddVat", false)),
        AllowedOperations("edited", new EditedMigration("origin/main", "Up")),
    ];
}
