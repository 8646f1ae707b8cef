using EfSafeMigrate.Changes;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class NamingConventionRuleCases
{
    public static IEnumerable<RuleCase> All => Cases.Select(@case => @case.Advised());

    private static IEnumerable<RuleCase> Cases =>
    [
        Flagged("capitals in a column", Severity.Safe, "ALTER TABLE orders ADD COLUMN \"ShippedAt\" text").Saying("ShippedAt in orders is written in another way: the columns before it are snake_case")
            .Cured(Deploy("ALTER TABLE orders ADD COLUMN shipped_at text")),
        Flagged("capitals in a table", Severity.Safe, "CREATE TABLE \"OrderLines\" (id bigint PRIMARY KEY)").Saying("the tables before it are snake_case or camelCase")
            .Cured(Deploy("CREATE TABLE order_lines (id bigint PRIMARY KEY)")),
        Flagged("a column is renamed", Severity.Safe, "ALTER TABLE orders RENAME COLUMN placed_at TO \"placedAt\"")
            .Cured(LeftOut),
        Allowed("like the others", "ALTER TABLE orders ADD COLUMN shipped_at text"),
        Allowed("an index has words of its own", "CREATE INDEX CONCURRENTLY \"IX_Orders_Note\" ON orders (note)").Outside(),
        Allowed("a schema that has no habit", "CREATE TABLE \"Lines\" (id bigint PRIMARY KEY)").After("CREATE TABLE \"Kinds\" (id bigint PRIMARY KEY)"),
    ];
}
