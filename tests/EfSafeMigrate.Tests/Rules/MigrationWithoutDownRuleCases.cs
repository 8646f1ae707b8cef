using EfSafeMigrate.Changes;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class MigrationWithoutDownRuleCases
{
    private const string Cure = "ALTER TABLE orders ADD COLUMN tier int";

    public static IEnumerable<RuleCase> All =>
    [
        FlaggedOperations("empty", Severity.Careful, new DownlessMigration(true)).Saying("takes it out of the history").Cured(Deploy(Cure)),
        FlaggedOperations("missing", Severity.Careful, new DownlessMigration(false)).Saying("has no Down: EF throws").Cured(Deploy(Cure)),
        FlaggedOperations("with a column", Severity.Careful, new AddColumn(new(null, "orders"), new Column("tier", "int", true)), new DownlessMigration(true)).Saying("leaves its changes").Cured(Deploy(Cure)),
        Allowed("an ordinary migration", "ALTER TABLE orders ADD COLUMN tier int"),
        AllowedOperations("without a Designer", new ModellessMigration()),
        AllowedOperations("edited", new EditedMigration("origin/main", "Up")),
    ];
}
