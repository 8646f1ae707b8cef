using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class AgreedNamesRuleCases
{
    private static readonly Policy Agreed = new()
    {
        Naming = new(new Dictionary<string, AgreedForm>
        {
            ["tables"] = AgreedForm.Of("snake_case")!,
            ["columns"] = AgreedForm.Of("snake_case")!,
            ["indexes"] = AgreedForm.Of("ix_[a-z_]+")!,
            ["constraints"] = AgreedForm.Of("(pk|fk|ck|uq)_.*")!,
        }),
    };

    public static IEnumerable<RuleCase> All =>
    [
        .. Cases.Select(@case => @case.Under(Agreed)),
        Allowed("nobody agreed on anything", "ALTER TABLE orders ADD COLUMN \"ShippedAt\" text"),
    ];

    private static IEnumerable<RuleCase> Cases =>
    [
        Flagged("capitals in a column", Severity.Careful, "ALTER TABLE orders ADD COLUMN \"ShippedAt\" text")
            .Saying("ShippedAt in orders is not written as agreed: columns are snake_case.").Cured(Deploy("ALTER TABLE orders ADD COLUMN shipped_at text")),
        Flagged("an index without its prefix", Severity.Careful, "CREATE INDEX CONCURRENTLY orders_note ON orders (note)").Outside()
            .Saying("orders_note in orders is not written as agreed: indexes match ix_[a-z_]+.").Cured(Deploy(Outside("CREATE INDEX CONCURRENTLY ix_orders_note ON orders (note)"))),
        Flagged("a table with all that is in it", Severity.Careful, "CREATE TABLE \"OrderLines\" (id bigint CONSTRAINT \"PK_OrderLines\" PRIMARY KEY, \"Amount\" int)")
            .Saying("OrderLines, Amount and PK_OrderLines are not written as agreed: tables are snake_case, columns are snake_case and constraints match (pk|fk|ck|uq)_.*.")
            .Cured(Deploy("CREATE TABLE order_lines (id bigint CONSTRAINT pk_order_lines PRIMARY KEY, amount int)")),
        Flagged("a name behind a rename", Severity.Careful, "ALTER TABLE orders RENAME CONSTRAINT orders_pkey TO \"OrdersKey\"").Saying("constraints match")
            .Cured(LeftOut),
        Allowed("as agreed", "ALTER TABLE orders ADD COLUMN shipped_at text"),
        Allowed("a name that goes", "ALTER TABLE orders DROP CONSTRAINT orders_pkey"),
        Allowed("nobody agreed on views", "CREATE VIEW \"OpenOrders\" AS SELECT 1 AS one"),
    ];
}
