using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class DropColumnRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("a column with values", Severity.Dangerous, "ALTER TABLE orders DROP COLUMN note").WithRows(4_812_330)
            .Saying("orders.note is dropped with its values in 4,812,330 rows")
            .Cured(Retired("orders", "note")),
        Flagged("a required column", Severity.Dangerous, "ALTER TABLE parcels DROP COLUMN weight")
            .After("CREATE TABLE parcels (id bigint PRIMARY KEY, weight integer NOT NULL)")
            .Cured(Retired("parcels", "weight", "ALTER TABLE parcels ALTER COLUMN weight SET DEFAULT 0")),
        Flagged("a computed column", Severity.Dangerous, "ALTER TABLE orders DROP COLUMN twice")
            .After("ALTER TABLE orders ADD COLUMN twice numeric GENERATED ALWAYS AS (total * 2) STORED")
            .Saying("its values are computed")
            .Cured(Retired("orders", "twice")),
        Flagged("a small table", Severity.Dangerous, "ALTER TABLE orders DROP COLUMN note").WithRows(3)
            .Cured(Retired("orders", "note")),
        Flagged("another engine", Severity.Dangerous, "ALTER TABLE orders DROP COLUMN note").On(Sqlite)
            .Cured(new CuredForm(Retired("orders", "note")).Leaving("lasting-lock")),
        Flagged("set aside by the same deployment", Severity.Dangerous, "ALTER TABLE orders RENAME COLUMN note TO note_dropped", "ALTER TABLE orders DROP COLUMN note_dropped")
            .Cured(Retired("orders", "note")),
        Flagged("of a table that no release maps", Severity.Careful, "ALTER TABLE legacy DROP COLUMN a").Saying("the running release does not map it")
            .Cured(Deploy("ALTER TABLE legacy RENAME COLUMN a TO a_dropped"), Deploy("ALTER TABLE legacy DROP COLUMN a_dropped")),
        Allowed("the table is new", "CREATE TABLE invoices (id bigint PRIMARY KEY, n text); ALTER TABLE invoices DROP COLUMN n"),
        Allowed("the column is new since the migration before", "ALTER TABLE orders ADD COLUMN memo text", "ALTER TABLE orders DROP COLUMN memo"),
        Allowed("the column is new and was renamed", "ALTER TABLE orders ADD COLUMN memo text; ALTER TABLE orders RENAME COLUMN memo TO remark; ALTER TABLE orders DROP COLUMN remark"),
        Allowed("an index is dropped", "DROP INDEX ix_orders_code"),
    ];
}
