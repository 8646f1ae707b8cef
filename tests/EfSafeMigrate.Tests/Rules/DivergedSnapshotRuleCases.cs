using EfSafeMigrate.Changes;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class DivergedSnapshotRuleCases
{
    private const string Cure = "ALTER TABLE orders ADD COLUMN tier int";

    public static IEnumerable<RuleCase> All =>
    [
        FlaggedOperations("a conflict", Severity.Dangerous, new DivergedSnapshot("origin/main", ["20260101000000_AddVat"], ["20260102000000_AddTier"]) { Conflicts = true }).Saying("origin/main has added AddVat since this branch began").Cured(Deploy(Cure)),
        FlaggedOperations("apart", Severity.Careful, new DivergedSnapshot("origin/main", ["20260101000000_AddVat"], ["20260102000000_AddTier"])).Saying("knows nothing of it.").Cured(Deploy(Cure)),
        FlaggedOperations("several", Severity.Careful, new DivergedSnapshot("origin/main", ["20260101000000_AddVat", "20260101000001_AddTax"], ["20260102000000_AddTier", "20260102000001_AddRank"])).Saying("2 migrations, the last of them AddTax,").Cured(Deploy(Cure)),
        Allowed("an ordinary migration", "ALTER TABLE orders ADD COLUMN tier int"),
        AllowedOperations("conflict markers", new ConflictMarkers(true)),
        AllowedOperations("a late one", new LateMigration("origin/main", "20260101000000_AddVat", false)),
    ];
}
