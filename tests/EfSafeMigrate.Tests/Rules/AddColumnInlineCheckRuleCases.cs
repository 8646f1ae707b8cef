using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class AddColumnInlineCheckRuleCases
{
    private static readonly CuredForm Form = new([Deploy(
        "ALTER TABLE orders ADD COLUMN stars integer", "ALTER TABLE orders ADD CONSTRAINT ck CHECK (stars <= 5) NOT VALID", "ALTER TABLE orders VALIDATE CONSTRAINT ck")]);

    public static IEnumerable<RuleCase> All =>
    [
        Flagged("a nullable column", Severity.Dangerous, "ALTER TABLE orders ADD COLUMN stars integer CHECK (stars <= 5)").WithRows(4_812_330).Saying("every row of orders (4,812,330 rows) is read").Cured(Form),
        Flagged("a constant default", Severity.Dangerous, "ALTER TABLE orders ADD COLUMN stars integer NOT NULL DEFAULT 1 CONSTRAINT ck_stars CHECK (stars <= 5)")
            .Cured(Deploy("ALTER TABLE orders ADD COLUMN stars integer NOT NULL DEFAULT 1", "ALTER TABLE orders ADD CONSTRAINT ck_stars CHECK (stars <= 5) NOT VALID", "ALTER TABLE orders VALIDATE CONSTRAINT ck_stars")),
        Flagged("a small table", Severity.Careful, "ALTER TABLE orders ADD COLUMN stars integer CHECK (stars <= 5)").WithRows(900).Cured(Form),
        Flagged("an engine that copies the table for it", Severity.Dangerous, "ALTER TABLE orders ADD COLUMN stars int CHECK (stars <= 5)").On("mysql").Saying("is copied")
            .Cured(Deploy("ALTER TABLE orders ADD COLUMN stars int")),
        Flagged("an engine with one writer", Severity.Careful, "ALTER TABLE orders ADD COLUMN stars INTEGER DEFAULT 1 CHECK (stars <= 5)").On(Sqlite).Saying("it fails when 1 breaks the rule")
            .Cured(Deploy("ALTER TABLE orders ADD COLUMN stars INTEGER DEFAULT 1")),
        Allowed("in two steps", "ALTER TABLE orders ADD COLUMN stars integer; ALTER TABLE orders ADD CONSTRAINT ck CHECK (stars <= 5) NOT VALID"),
        Allowed("the table is new", "CREATE TABLE invoices (id bigint PRIMARY KEY); ALTER TABLE invoices ADD COLUMN n integer CHECK (n > 0)"),
        Allowed("an engine that knows there is nothing to check", "ALTER TABLE orders ADD COLUMN stars int CHECK (stars <= 5)").On("mariadb"),
        Allowed("no rule", "ALTER TABLE orders ADD COLUMN stars integer"),
    ];
}
