using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class AlterTypeIndexedCitextRuleCases
{
    private const string Extension = "CREATE EXTENSION citext;";

    private static CuredForm To(string type) => new([Deploy(
        Outside("DROP INDEX CONCURRENTLY ix_orders_code"), $"ALTER TABLE orders ALTER COLUMN code TYPE {type}", Outside("CREATE INDEX CONCURRENTLY ix_orders_code ON orders (code)"))]);

    public static IEnumerable<RuleCase> All =>
    [
        Flagged("text to citext", Severity.Dangerous, "ALTER TABLE orders ALTER COLUMN code TYPE citext").WithRows(4_812_330).After(Extension).Saying("builds ix_orders_code on orders (4,812,330 rows) again").Cured(To("citext").Leaving("replace-index-order")),
        Flagged("citext to text", Severity.Dangerous, "ALTER TABLE tags ALTER COLUMN name TYPE text").After($"{Extension} CREATE TABLE tags (id bigint PRIMARY KEY, name citext); CREATE INDEX ix_tags ON tags (name)")
            .Cured(new CuredForm([Deploy(Outside("DROP INDEX CONCURRENTLY ix_tags"), "ALTER TABLE tags ALTER COLUMN name TYPE text", Outside("CREATE INDEX CONCURRENTLY ix_tags ON tags (name)"))]).Leaving("replace-index-order")),
        Flagged("a small table", Severity.Careful, "ALTER TABLE orders ALTER COLUMN code TYPE citext").WithRows(900).After(Extension).Cured(To("citext")),
        Allowed("without an index", "ALTER TABLE orders ALTER COLUMN note TYPE citext").After(Extension),
        Allowed("a text to another", "ALTER TABLE orders ALTER COLUMN code TYPE text"),
        Allowed("the table is new", "CREATE TABLE invoices (id bigint PRIMARY KEY, n text UNIQUE); ALTER TABLE invoices ALTER COLUMN n TYPE citext").After(Extension),
    ];
}
