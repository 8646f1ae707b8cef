using EfSafeMigrate.Changes;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class UnusedSuppressionRuleCases
{
    private const string Statement = "ALTER TABLE logs ADD COLUMN memo text";

    public static IEnumerable<RuleCase> All =>
    [
        FlaggedOperations("above an operation", Severity.Careful, Unused(WaiverHome.Code, "Migrations/20260101000000_Case.cs")).Cured(Deploy(Statement)),
        FlaggedOperations("in SQL", Severity.Careful, Unused(WaiverHome.Sql, null)).Saying("drop-table is waived here").Cured(Deploy(Statement)),
        FlaggedOperations("in the settings", Severity.Careful, Unused(WaiverHome.Settings, ".config/safe-migrate.json")).Saying("drop-table is waived here").Cured(Deploy(Statement)),
        Allowed("one that waives", "-- safe-migrate: ignore drop-table because nobody reads it\nDROP TABLE logs"),
        Allowed("one that gives no reason, which bad-waiver says", $"-- safe-migrate: ignore drop-table\n{Statement}"),
        Allowed("no waiver", Statement),
    ];

    private static UnusedWaiver Unused(WaiverHome home, string? file) => new(new Waiver("drop-table", "nobody reads it", "") { Home = home, File = file, Line = file is null ? null : 12 });
}
