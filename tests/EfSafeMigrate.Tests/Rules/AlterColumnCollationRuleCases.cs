using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class AlterColumnCollationRuleCases
{
    private static readonly CuredForm Form = new([Deploy(
        Outside("DROP INDEX CONCURRENTLY ix_orders_code"), """ALTER TABLE orders ALTER COLUMN code TYPE varchar(20) COLLATE "C" """, Outside("CREATE INDEX CONCURRENTLY ix_orders_code ON orders (code)"))]);

    public static IEnumerable<RuleCase> All =>
    [
        Flagged("with an index", Severity.Dangerous, """ALTER TABLE orders ALTER COLUMN code TYPE varchar(20) COLLATE "C" """).WithRows(4_812_330).Saying("builds ix_orders_code on orders (4,812,330 rows) again").Cured(Form.Leaving("replace-index-order")),
        Flagged("a small table", Severity.Careful, """ALTER TABLE orders ALTER COLUMN code TYPE varchar(20) COLLATE "C" """).WithRows(900).Cured(Form),
        Flagged("a key over the column", Severity.Dangerous, """ALTER TABLE tags ALTER COLUMN name TYPE text COLLATE "C" """).After("CREATE TABLE tags (id bigint PRIMARY KEY, name text UNIQUE)")
            .Cured(Beside("tags", "name", "name_bytes", "text COLLATE \"C\"")),
        Allowed("without an index", """ALTER TABLE orders ALTER COLUMN note TYPE text COLLATE "C" """),
        Allowed("the same collation", "ALTER TABLE orders ALTER COLUMN code TYPE varchar(20)"),
        Allowed("the table is new", """CREATE TABLE invoices (id bigint PRIMARY KEY, n text UNIQUE); ALTER TABLE invoices ALTER COLUMN n TYPE text COLLATE "C" """),
    ];
}
