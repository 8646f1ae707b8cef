using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class AlterColumnNarrowRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("a limit", Severity.Dangerous, "ALTER TABLE orders ALTER COLUMN note TYPE varchar(200)").Saying("text → ")
            .Cured(Held("UPDATE orders SET note = left(note, 200) WHERE id = 7", "length(note) <= 200")),
        Flagged("a smaller integer", Severity.Dangerous, "ALTER TABLE orders ALTER COLUMN number TYPE integer").WithRows(900)
            .Asked(ProbeKind.DoNotFit, "number", 2, "4, 5").Saying("it fails on 2 values outside the new type, first 4, 5")
            .Cured(Held("UPDATE orders SET number = 5 WHERE id IN (4, 5)", "number BETWEEN -2147483648 AND 2147483647")),
        Flagged("all values fit now", Severity.Careful, "ALTER TABLE orders ALTER COLUMN code TYPE varchar(10)").WithRows(1_204_551)
            .Asked(ProbeKind.DoNotFit, "code", 0, looked: 1_204_551).Saying("1,204,551 rows hold no values outside the new type now")
            .Cured(Held("UPDATE orders SET code = left(code, 10) WHERE id = 7", "length(code) <= 10")),
        Flagged("less precision", Severity.Dangerous, "ALTER TABLE orders ALTER COLUMN total TYPE numeric(6,2)")
            .Cured(Held("UPDATE orders SET total = 9999.99 WHERE id = 7", "abs(total) < 10000")),
        Allowed("wider varchar", "ALTER TABLE orders ALTER COLUMN code TYPE varchar(50)"),
        Allowed("integer to bigint", "ALTER TABLE orders ALTER COLUMN qty TYPE bigint"),
        Allowed("integer to text", "ALTER TABLE orders ALTER COLUMN qty TYPE text USING qty::text"),
        Allowed("the table is new", "CREATE TABLE invoices (id bigint PRIMARY KEY, n text); ALTER TABLE invoices ALTER COLUMN n TYPE varchar(10)"),
    ];
}
