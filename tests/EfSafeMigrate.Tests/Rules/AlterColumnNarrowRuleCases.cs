using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;

namespace EfSafeMigrate.Tests.Rules;

internal static class AlterColumnNarrowRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("a limit", Severity.Dangerous, "ALTER TABLE orders ALTER COLUMN note TYPE varchar(200)").Saying("text → "),
        Flagged("a smaller integer", Severity.Dangerous, "ALTER TABLE orders ALTER COLUMN number TYPE integer").WithRows(900)
            .Asked(ProbeKind.DoNotFit, "number", 2, "4, 5").Saying("it fails on 2 values outside the new type, first 4, 5"),
        Flagged("all values fit now", Severity.Careful, "ALTER TABLE orders ALTER COLUMN code TYPE varchar(10)").WithRows(1_204_551)
            .Asked(ProbeKind.DoNotFit, "code", 0, looked: 1_204_551).Saying("1,204,551 rows hold no values outside the new type now"),
        Flagged("less precision", Severity.Dangerous, "ALTER TABLE orders ALTER COLUMN total TYPE numeric(6,2)"),
        Allowed("wider varchar", "ALTER TABLE orders ALTER COLUMN code TYPE varchar(50)"),
        Allowed("integer to bigint", "ALTER TABLE orders ALTER COLUMN qty TYPE bigint"),
        Allowed("integer to text", "ALTER TABLE orders ALTER COLUMN qty TYPE text USING qty::text"),
        Allowed("the table is new", "CREATE TABLE invoices (id bigint PRIMARY KEY, n text); ALTER TABLE invoices ALTER COLUMN n TYPE varchar(10)"),
    ];
}
