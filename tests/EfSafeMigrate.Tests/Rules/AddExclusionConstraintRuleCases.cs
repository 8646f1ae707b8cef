using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class AddExclusionConstraintRuleCases
{
    private const string Sql = "ALTER TABLE orders ADD CONSTRAINT ex_orders EXCLUDE USING btree (number WITH =)";

    public static IEnumerable<RuleCase> All =>
    [
        Flagged("over rows", Severity.Dangerous, $"{Sql}").Saying("two rows that overlap make it fail").Cured(new CuredForm([Deploy(Sql).WithoutTraffic()])),
        Flagged("NOT VALID", Severity.Dangerous, $"{Sql} NOT VALID").Saying("which PostgreSQL refuses for EXCLUDE").Cured(new CuredForm([Deploy(Sql).WithoutTraffic()])),
        Flagged("a small table", Severity.Careful, $"{Sql}").WithRows(900).Cured(new CuredForm([Deploy(Sql).WithoutTraffic()])),
        Allowed("the table is new", "CREATE TABLE t (id bigint, during tsrange); ALTER TABLE t ADD CONSTRAINT ex EXCLUDE USING gist (during WITH &&)"),
        Allowed("part of a new table", "CREATE TABLE t (id bigint, during tsrange, EXCLUDE USING gist (during WITH &&))"),
        Allowed("a unique constraint", "ALTER TABLE orders ADD CONSTRAINT ak UNIQUE (number)"),
    ];
}
