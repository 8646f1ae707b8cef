using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class CombineAlterTableRuleCases
{
    private static readonly CuredForm Both = new([Deploy("ALTER TABLE orders ALTER COLUMN qty TYPE bigint, ALTER COLUMN total TYPE numeric(14,4)").WithoutTraffic()]);

    public static IEnumerable<RuleCase> All =>
    [
        Flagged("two rewrites", Severity.Safe, "ALTER TABLE orders ALTER COLUMN qty TYPE bigint; ALTER TABLE orders ALTER COLUMN total TYPE numeric(14,4)").Advised().Saying("total and qty of orders").Cured(Both),
        Flagged("a rewrite and a scan", Severity.Safe, "ALTER TABLE orders ALTER COLUMN qty TYPE bigint; ALTER TABLE orders ALTER COLUMN note SET NOT NULL").Advised()
            .Cured(Deploy("ALTER TABLE orders ALTER COLUMN qty TYPE bigint, ALTER COLUMN note SET NOT NULL").WithoutTraffic().Looked(ProbeKind.Nulls, "orders", "note")),
        Flagged("something in between", Severity.Safe, "ALTER TABLE orders ALTER COLUMN qty TYPE bigint; ALTER TABLE orders ADD COLUMN memo text; ALTER TABLE orders ALTER COLUMN total TYPE numeric(14,4)").Advised().Cured(Both),
        Allowed("one statement", "ALTER TABLE orders ALTER COLUMN qty TYPE bigint, ALTER COLUMN total TYPE numeric(14,4)").Advised(),
        Allowed("two tables", "ALTER TABLE orders ALTER COLUMN qty TYPE bigint; ALTER TABLE logs ALTER COLUMN id TYPE numeric").Advised(),
        Allowed("two changes that are free", "ALTER TABLE orders ALTER COLUMN code TYPE varchar(50); ALTER TABLE orders ALTER COLUMN total TYPE numeric(14,2)").Advised(),
        Allowed("nobody asked", "ALTER TABLE orders ALTER COLUMN qty TYPE bigint; ALTER TABLE orders ALTER COLUMN total TYPE numeric(14,4)"),
    ];
}
