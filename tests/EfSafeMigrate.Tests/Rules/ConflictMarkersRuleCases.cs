using EfSafeMigrate.Changes;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class ConflictMarkersRuleCases
{
    private const string Cure = "ALTER TABLE orders ADD COLUMN tier int";

    public static IEnumerable<RuleCase> All =>
    [
        FlaggedOperations("in the snapshot", Severity.Dangerous, new ConflictMarkers(true)).Saying("stands in the snapshot").Cured(Deploy(Cure)),
        FlaggedOperations("in a migration", Severity.Dangerous, new ConflictMarkers(false)).Saying("the project does not build").Cured(Deploy(Cure)),
        FlaggedOperations("in a migration that adds a column", Severity.Dangerous, new AddColumn(new(null, "orders"), new Column("tier", "int", true)), new ConflictMarkers(false)).Saying("A merge conflict stands in").Cured(Deploy(Cure)),
        Allowed("an ordinary migration", "ALTER TABLE orders ADD COLUMN tier int"),
        AllowedOperations("a diverged snapshot", new DivergedSnapshot("origin/main", ["20260101000000_AddVat"], ["20260102000000_AddTier"])),
        AllowedOperations("a late one", new LateMigration("origin/main", "20260101000000_AddVat", false)),
    ];
}
