using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class LockTimeoutTooLongRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("ten minutes", Severity.Careful, "SET lock_timeout = '10min'; ALTER TABLE orders ADD COLUMN memo text").Saying("lock_timeout is 10 min").Cured(Deploy("SET lock_timeout = '5s'; ALTER TABLE orders ADD COLUMN memo text")),
        Flagged("in milliseconds", Severity.Careful, "SET lock_timeout = 60000; ALTER TABLE orders ADD COLUMN memo text").Saying("60 s").Cured(Deploy("SET lock_timeout = '5s'; ALTER TABLE orders ADD COLUMN memo text")),
        Flagged("in a script, said once", Severity.Careful, "SET lock_timeout TO '1h'; ALTER TABLE orders ADD COLUMN memo text; ALTER TABLE orders ADD COLUMN memo2 text").AsScript().Cured(Deploy("SET lock_timeout = '5s'; ALTER TABLE orders ADD COLUMN memo text")),
        Allowed("ten seconds", "SET lock_timeout = '10s'; ALTER TABLE orders ADD COLUMN memo text"),
        Allowed("in milliseconds, short", "SET lock_timeout = 5000; ALTER TABLE orders ADD COLUMN memo text"),
        Allowed("nothing is locked", "SET lock_timeout = '10min'; CREATE TABLE t (a int)"),
    ];
}
