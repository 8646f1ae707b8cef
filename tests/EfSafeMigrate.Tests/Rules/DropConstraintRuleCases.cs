using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class DropConstraintRuleCases
{
    private const string Check = "ALTER TABLE orders ADD CONSTRAINT ck_qty CHECK (qty >= 0)";

    public static IEnumerable<RuleCase> All =>
    [
        Flagged("a CHECK", Severity.Careful, "ALTER TABLE orders DROP CONSTRAINT ck_qty").After(Check).Saying("nothing checks qty >= 0 in the rows of orders any more").Cured(LeftOut),
        Flagged("a unique constraint", Severity.Careful, "ALTER TABLE orders DROP CONSTRAINT ak_code").After("ALTER TABLE orders ADD CONSTRAINT ak_code UNIQUE (code)").Saying("nothing keeps code apart").Cured(LeftOut),
        FlaggedOperations("as EF says it, on an engine that copies the table", Severity.Careful, new DropCheckConstraint(Shop.OrdersTable, "ck_qty")).On(Sqlite).After("CREATE TABLE other (id INTEGER PRIMARY KEY, CONSTRAINT ck_qty CHECK (id > 0))").Cured(LeftOut),
        Flagged("another engine", Severity.Careful, "ALTER TABLE orders DROP CONSTRAINT ck_qty").On("mysql").After(Check).Cured(LeftOut),
        Allowed("the same rule comes back unvalidated", "ALTER TABLE orders DROP CONSTRAINT ck_qty; ALTER TABLE orders ADD CONSTRAINT ck_qty CHECK (qty >= 1) NOT VALID").After(Check),
        Allowed("a CHECK that proved NOT NULL", "ALTER TABLE orders ALTER COLUMN note SET NOT NULL; ALTER TABLE orders DROP CONSTRAINT ck_note").After("ALTER TABLE orders ADD CONSTRAINT ck_note CHECK (note IS NOT NULL)"),
        Allowed("a unique index holds it", "ALTER TABLE orders DROP CONSTRAINT ak_code").After("ALTER TABLE orders ADD CONSTRAINT ak_code UNIQUE (code); CREATE UNIQUE INDEX ux_code ON orders (code)"),
        Allowed("the column goes too", "ALTER TABLE orders DROP CONSTRAINT ck_qty; ALTER TABLE orders DROP COLUMN qty").After(Check),
        Allowed("the constraint is new", "ALTER TABLE orders ADD CONSTRAINT ck_qty CHECK (qty >= 0) NOT VALID; ALTER TABLE orders DROP CONSTRAINT ck_qty"),
        Allowed("a table that no release maps", "ALTER TABLE legacy DROP CONSTRAINT legacy_a_key"),
    ];
}
