using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class LockTimeoutAfterDdlRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("behind the first change", Severity.Careful, "ALTER TABLE orders ADD COLUMN memo text; SET lock_timeout = '2s'; ALTER TABLE orders ADD COLUMN memo2 text").AsScript().Saying("lock_timeout is set behind").Cured(Deploy("SET lock_timeout = '2s'; ALTER TABLE orders ADD COLUMN memo text")),
        Flagged("at the end", Severity.Careful, "ALTER TABLE orders ADD COLUMN memo text; SET LOCAL lock_timeout = '2s'").AsScript().Cured(Deploy("SET lock_timeout = '2s'; ALTER TABLE orders ADD COLUMN memo text")),
        Flagged("behind another table's change", Severity.Careful, "ALTER TABLE logs ADD COLUMN memo text; SET lock_timeout = '2s'; ALTER TABLE logs ADD COLUMN memo2 text").AsScript().Cured(Deploy("SET lock_timeout = '2s'; ALTER TABLE logs ADD COLUMN memo text")),
        Allowed("at the top", "SET lock_timeout = '2s'; ALTER TABLE orders ADD COLUMN memo text").AsScript(),
        Allowed("what stands before locks nothing", "CREATE TABLE t (a int); SET lock_timeout = '2s'; ALTER TABLE orders ADD COLUMN memo text").AsScript(),
        Allowed("a migration gets it from the tool", "ALTER TABLE orders ADD COLUMN memo text; SET lock_timeout = '2s'"),
    ];
}
