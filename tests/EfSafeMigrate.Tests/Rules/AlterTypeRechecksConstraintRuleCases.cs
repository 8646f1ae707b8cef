using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class AlterTypeRechecksConstraintRuleCases
{
    private const string Check = "ALTER TABLE orders ADD CONSTRAINT ck_note CHECK (note <> '')";

    private static readonly CuredForm Form = new([Deploy(
        "ALTER TABLE orders DROP CONSTRAINT ck_note; ALTER TABLE orders ALTER COLUMN note TYPE varchar; ALTER TABLE orders ADD CONSTRAINT ck_note CHECK (note <> '') NOT VALID",
        "ALTER TABLE orders VALIDATE CONSTRAINT ck_note")]);

    public static IEnumerable<RuleCase> All =>
    [
        Flagged("a longer text", Severity.Dangerous, "ALTER TABLE orders ALTER COLUMN note TYPE varchar").WithRows(4_812_330).After(Check).Saying("ck_note is tested on every row of orders (4,812,330 rows)").Cured(Form),
        Flagged("a number with more digits", Severity.Dangerous, "ALTER TABLE orders ALTER COLUMN total TYPE numeric(14,2)").After("ALTER TABLE orders ADD CONSTRAINT ck_total CHECK (total >= 0)")
            .Cured(Deploy("ALTER TABLE orders DROP CONSTRAINT ck_total; ALTER TABLE orders ALTER COLUMN total TYPE numeric(14,2); ALTER TABLE orders ADD CONSTRAINT ck_total CHECK (total >= 0) NOT VALID", "ALTER TABLE orders VALIDATE CONSTRAINT ck_total")),
        Flagged("a small table", Severity.Careful, "ALTER TABLE orders ALTER COLUMN note TYPE varchar").WithRows(900).After(Check).Cured(Form),
        Allowed("no CHECK mentions it", "ALTER TABLE orders ALTER COLUMN note TYPE varchar").After("ALTER TABLE orders ADD CONSTRAINT ck_qty CHECK (qty >= 0)"),
        Allowed("the CHECK goes first", "ALTER TABLE orders DROP CONSTRAINT ck_note; ALTER TABLE orders ALTER COLUMN note TYPE varchar; ALTER TABLE orders ADD CONSTRAINT ck_note CHECK (note <> '') NOT VALID").After(Check),
        Allowed("the table is new", "CREATE TABLE invoices (id bigint PRIMARY KEY, n varchar(5) CHECK (n <> '')); ALTER TABLE invoices ALTER COLUMN n TYPE varchar(9)"),
        Allowed("a rewrite has a rule of its own", "ALTER TABLE orders ALTER COLUMN qty TYPE bigint").After("ALTER TABLE orders ADD CONSTRAINT ck_qty CHECK (qty >= 0)"),
    ];
}
