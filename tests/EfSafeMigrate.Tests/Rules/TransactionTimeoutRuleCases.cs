using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class TransactionTimeoutRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("a column is added", Severity.Safe, "ALTER TABLE orders ADD COLUMN memo text").AsScript().Advised().AtVersion("17").Saying("does not set transaction_timeout").Cured(Deploy()),
        Flagged("said once", Severity.Safe, "ALTER TABLE orders ADD COLUMN memo text; ALTER TABLE orders ADD COLUMN memo2 text").AsScript().Advised().AtVersion("17").Cured(Deploy()),
        Flagged("another setting", Severity.Safe, "SET lock_timeout = '2s'; ALTER TABLE orders ADD COLUMN memo text").AsScript().Advised().AtVersion("17").Cured(Deploy()),
        Allowed("the script sets it", "SET transaction_timeout = '5min'; ALTER TABLE orders ADD COLUMN memo text").AsScript().Advised().AtVersion("17"),
        Allowed("a migration", "ALTER TABLE orders ADD COLUMN memo text").Advised().AtVersion("17"),
        Allowed("nothing is locked", "CREATE TABLE t (a int)").AsScript().Advised().AtVersion("17"),
        Allowed("nobody asked for advice", "ALTER TABLE orders ADD COLUMN memo text").AsScript().AtVersion("17"),
        Allowed("an older server does not have it", "ALTER TABLE orders ADD COLUMN memo text").AsScript().Advised().AtVersion("16"),
    ];
}
