using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;

namespace EfSafeMigrate.Tests.Rules;

internal static class CreateIndexHoldingAxRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("a column is added before", Severity.Dangerous, "ALTER TABLE orders ADD COLUMN memo text; CREATE INDEX ix_orders_memo ON orders (memo)").WithRows(4_812_330)
            .Saying("orders is under ACCESS EXCLUSIVE since an earlier change"),
        Flagged("another table is altered before", Severity.Dangerous, "ALTER TABLE customers ADD COLUMN memo text; CREATE INDEX ix_orders_note ON orders (note)").Saying("customers is under ACCESS EXCLUSIVE"),
        Flagged("a small table", Severity.Careful, "ALTER TABLE orders ADD COLUMN memo text; CREATE INDEX ix_orders_memo ON orders (memo)").WithRows(900),
        Allowed("a migration of its own", "ALTER TABLE orders ADD COLUMN memo text", "CREATE INDEX ix_orders_memo ON orders (memo)"),
        Allowed("committed in between", "ALTER TABLE orders ADD COLUMN memo text; COMMIT; CREATE INDEX ix_orders_memo ON orders (memo)"),
        Allowed("the altered table is new", "CREATE TABLE invoices (id bigint); ALTER TABLE invoices ADD COLUMN n text; CREATE INDEX ix_orders_note ON orders (note)"),
        Allowed("another index before", "CREATE INDEX ix_orders_note ON orders (note); CREATE INDEX ix_orders_number ON orders (number)"),
    ];
}
