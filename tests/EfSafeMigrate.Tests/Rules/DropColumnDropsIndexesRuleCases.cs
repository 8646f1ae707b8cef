using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class DropColumnDropsIndexesRuleCases
{
    private static readonly CuredForm Form = new(
        [Deploy(Outside("CREATE INDEX CONCURRENTLY ix_street ON orders (street)"), Outside("DROP INDEX CONCURRENTLY ix_place")), .. Retired("orders", "city")]);

    public static IEnumerable<RuleCase> All =>
    [
        Flagged("an index over two columns", Severity.Careful, "ALTER TABLE orders DROP COLUMN city").After("CREATE INDEX ix_place ON orders (city, street)").Saying("orders.city stands in ix_place together with other columns, and it is dropped with it").Cured(Form),
        Flagged("a key over two columns", Severity.Careful, "ALTER TABLE orders DROP COLUMN city").After("ALTER TABLE orders ADD CONSTRAINT ak_place UNIQUE (city, street)").Saying("ak_place")
            .Cured(new CuredForm([Deploy(Outside("CREATE INDEX CONCURRENTLY ix_street ON orders (street)")), .. Retired("orders", "city", "ALTER TABLE orders DROP CONSTRAINT ak_place")]).Leaving("drop-constraint")),
        Flagged("an index with a condition on the column", Severity.Careful, "ALTER TABLE orders DROP COLUMN city").After("CREATE INDEX ix_place ON orders (street) WHERE city = 'x'").Cured(Form),
        Flagged("another engine", Severity.Careful, "ALTER TABLE orders DROP COLUMN number").On("mysql").After("CREATE INDEX ix_two ON orders (number, customer_id)").Saying("loses the column and keeps the others").Cured(LeftOut),
        Allowed("an index over the column alone", "ALTER TABLE orders DROP COLUMN code"),
        Allowed("the index goes first", "DROP INDEX ix_place; ALTER TABLE orders DROP COLUMN city").After("CREATE INDEX ix_place ON orders (city, street)"),
        Allowed("the column is new", "ALTER TABLE orders ADD COLUMN memo text; CREATE INDEX ix_memo ON orders (memo, street); ALTER TABLE orders DROP COLUMN memo"),
        Allowed("no index", "ALTER TABLE orders DROP COLUMN note"),
    ];
}
