using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class MissingIdleInTransactionTimeoutRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("a column is added", Severity.Safe, "ALTER TABLE orders ADD COLUMN memo text").AsScript().Advised().Saying("does not set idle_in_transaction_session_timeout").Cured(Deploy()),
        Flagged("said once", Severity.Safe, "ALTER TABLE orders ADD COLUMN memo text; ALTER TABLE orders ADD COLUMN memo2 text").AsScript().Advised().Cured(Deploy()),
        Flagged("another setting", Severity.Safe, "SET lock_timeout = '2s'; ALTER TABLE orders ADD COLUMN memo text").AsScript().Advised().Cured(Deploy()),
        Allowed("the script sets it", "SET idle_in_transaction_session_timeout = '1min'; ALTER TABLE orders ADD COLUMN memo text").AsScript().Advised(),
        Allowed("a migration", "ALTER TABLE orders ADD COLUMN memo text").Advised(),
        Allowed("nothing is locked", "CREATE TABLE t (a int)").AsScript().Advised(),
        Allowed("nobody asked for advice", "ALTER TABLE orders ADD COLUMN memo text").AsScript(),
    ];
}
