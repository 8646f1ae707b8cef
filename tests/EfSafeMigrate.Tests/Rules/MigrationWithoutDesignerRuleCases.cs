using EfSafeMigrate.Changes;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class MigrationWithoutDesignerRuleCases
{
    private const string Cure = "ALTER TABLE orders ADD COLUMN tier int";

    public static IEnumerable<RuleCase> All =>
    [
        FlaggedOperations("alone", Severity.Careful, new ModellessMigration()).Saying("has no BuildTargetModel").Cured(Deploy(Cure)),
        FlaggedOperations("with a column", Severity.Careful, new AddColumn(new(null, "orders"), new Column("tier", "int", true)), new ModellessMigration()).Saying("makes the snapshot empty").Cured(Deploy(Cure)),
        FlaggedOperations("without a Down either", Severity.Careful, new ModellessMigration(), new DownlessMigration(true)).Saying("removing the migration behind it").Cured(Deploy(Cure)),
        Allowed("an ordinary migration", "ALTER TABLE orders ADD COLUMN tier int"),
        AllowedOperations("without a Down", new DownlessMigration(true)),
        AllowedOperations("without attributes", new IgnoredMigration("AddTier", "[Migration]")),
    ];
}
