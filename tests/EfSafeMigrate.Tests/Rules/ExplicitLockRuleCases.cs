using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class ExplicitLockRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("everybody waits", Severity.Dangerous, "LOCK TABLE orders IN ACCESS EXCLUSIVE MODE").Saying("until the transaction ends").Cured(LeftOut),
        Flagged("writers wait", Severity.Dangerous, "LOCK TABLE orders IN SHARE ROW EXCLUSIVE MODE").Saying("every INSERT, UPDATE and DELETE on orders").Cured(LeftOut),
        Flagged("a small table", Severity.Careful, "LOCK orders").WithRows(900).Cured(LeftOut),
        Flagged("a moment: the wait is bounded, and what follows is short", Severity.Careful, "BEGIN; SET LOCAL lock_timeout = '100ms'; LOCK TABLE orders IN ACCESS EXCLUSIVE MODE; ALTER TABLE orders ADD x int; COMMIT").Cured(LeftOut),
        Flagged("the wait is long", Severity.Dangerous, "BEGIN; SET LOCAL lock_timeout = '10s'; LOCK TABLE orders IN ACCESS EXCLUSIVE MODE; ALTER TABLE orders ADD x int; COMMIT").Cured(LeftOut),
        Flagged("the wait is bounded, and what follows lasts", Severity.Dangerous, "BEGIN; SET LOCAL lock_timeout = '100ms'; LOCK TABLE orders IN ACCESS EXCLUSIVE MODE; ALTER TABLE orders ALTER COLUMN qty TYPE numeric; COMMIT").Cured(LeftOut),
        Allowed("a weak lock", "LOCK TABLE orders IN ROW EXCLUSIVE MODE"),
        Allowed("readers and writers go on", "LOCK TABLE orders IN SHARE UPDATE EXCLUSIVE MODE"),
        Allowed("the table is new", "CREATE TABLE t (a int); LOCK TABLE t IN ACCESS EXCLUSIVE MODE"),
    ];
}
