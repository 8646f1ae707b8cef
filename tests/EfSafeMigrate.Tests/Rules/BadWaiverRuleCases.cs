using EfSafeMigrate.Changes;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class BadWaiverRuleCases
{
    private const string Statement = "ALTER TABLE logs ADD COLUMN memo text";

    public static IEnumerable<RuleCase> All =>
    [
        Flagged("no reason", Severity.Dangerous, $"-- safe-migrate: ignore drop-table\n{Statement}").Saying("it gives no reason").Cured(Deploy(Statement)),
        Flagged("no such rule", Severity.Dangerous, $"-- safe-migrate: ignore drop-tabel because nobody reads it\n{Statement}").Saying("there is no rule drop-tabel").Cured(Deploy(Statement)),
        Flagged("another form", Severity.Dangerous, $"-- safe-migrate: allow everything\n{Statement}").Saying("it is not understood").Cured(Deploy(Statement)),
        Flagged("no statement beneath it", Severity.Dangerous, $"{Statement};\n\n-- safe-migrate: ignore drop-table because nobody reads it").Saying("no statement stands beneath it").Cured(Deploy(Statement)),
        Flagged("in a block", Severity.Dangerous, $"DO $$ BEGIN\n  -- safe-migrate: ignore drop-table because\n  {Statement};\nEND $$").Saying("it is not understood").Cured(Deploy(Statement)),
        FlaggedOperations("expired", Severity.Careful, new ExpiredWaiver(new Waiver("drop-table", "nobody reads it", "") { Home = WaiverHome.Settings, File = ".config/safe-migrate.json", Line = 4, Expires = new(2026, 8, 31) }))
            .Saying("expired on 2026-08-31").Cured(Deploy(Statement)),
        FlaggedOperations("above no operation", Severity.Dangerous, new AddColumn(new(null, "logs"), new("memo", "text", Nullable: true))
        {
            Waivers = [new("drop-table", "nobody reads it", "safe-migrate: ignore drop-table because nobody reads it") { Home = WaiverHome.Code, File = "Migrations/20260101000000_Case.cs", Line = 7, Stray = true }],
        }).Saying("it stands above no operation").Cured(Deploy(Statement)),
        Allowed("for the whole text", $"{Statement};\n\n-- safe-migrate: ignore-file drop-table because nobody reads it"),
        Allowed("a reason", $"-- safe-migrate: ignore drop-table because nobody reads it\n{Statement}"),
        Allowed("behind the statement", $"{Statement}; -- safe-migrate: ignore drop-table because nobody reads it"),
        Allowed("another comment", $"-- safe to migrate: nobody reads it\n{Statement}"),
    ];
}
