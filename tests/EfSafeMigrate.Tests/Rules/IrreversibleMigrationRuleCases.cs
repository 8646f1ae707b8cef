using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class IrreversibleMigrationRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("Down is empty", Severity.Safe, "ALTER TABLE orders ADD COLUMN memo text").Advised().WithoutWayBack("its Down is empty").Saying("There is no way back from Case1: its Down is empty").Cured(Deploy()),
        Flagged("Down throws", Severity.Safe, "CREATE TABLE t (a int)").Advised().WithoutWayBack("its Down throws NotSupportedException").Cured(Deploy()),
        Flagged("said once", Severity.Safe, "ALTER TABLE orders ADD COLUMN memo text; ALTER TABLE orders ADD COLUMN memo2 text").Advised().WithoutWayBack("its Down is empty").Cured(Deploy()),
        Allowed("Down undoes it", "ALTER TABLE orders ADD COLUMN memo text").Advised(),
        Allowed("a new table", "CREATE TABLE t (a int)").Advised(),
        Allowed("nobody asked for advice", "ALTER TABLE orders ADD COLUMN memo text").WithoutWayBack("its Down is empty"),
    ];
}
