using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class MissingApplicationNameRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("a column is added", Severity.Safe, "ALTER TABLE orders ADD COLUMN memo text").AsScript().Advised().Saying("does not set application_name").Cured(Deploy()),
        Flagged("said once", Severity.Safe, "ALTER TABLE orders ADD COLUMN memo text; ALTER TABLE orders ADD COLUMN memo2 text").AsScript().Advised().Cured(Deploy()),
        Flagged("another setting", Severity.Safe, "SET lock_timeout = '2s'; ALTER TABLE orders ADD COLUMN memo text").AsScript().Advised().Cured(Deploy()),
        Allowed("the script sets it", "SET application_name = 'deploy'; ALTER TABLE orders ADD COLUMN memo text").AsScript().Advised(),
        Allowed("a migration", "ALTER TABLE orders ADD COLUMN memo text").Advised(),
        Allowed("nothing is locked", "CREATE TABLE t (a int)").AsScript().Advised(),
        Allowed("nobody asked for advice", "ALTER TABLE orders ADD COLUMN memo text").AsScript(),
    ];
}
