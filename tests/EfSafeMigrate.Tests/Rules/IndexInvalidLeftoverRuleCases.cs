using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class IndexInvalidLeftoverRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("alone", Severity.Careful, "CREATE INDEX CONCURRENTLY IF NOT EXISTS ix_orders_note ON orders (note)").Outside().Saying("its INVALID index stays and counts as done"),
        Flagged("unique", Severity.Careful, "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS ux_orders_number ON orders (number)").Outside(),
        Flagged("a quoted name", Severity.Careful, "create index concurrently if not exists \"IX_Orders_Note\" on \"orders\" (note)").Outside(),
        Allowed("dropped first", "DROP INDEX CONCURRENTLY IF EXISTS ix_orders_note; CREATE INDEX CONCURRENTLY IF NOT EXISTS ix_orders_note ON orders (note)").Outside(),
        Allowed("without IF NOT EXISTS", "CREATE INDEX CONCURRENTLY ix_orders_note ON orders (note)").Outside(),
        Allowed("in a transaction nothing is left over", "CREATE INDEX IF NOT EXISTS ix_orders_note ON orders (note)"),
        Allowed("the table is new", "CREATE TABLE invoices (id bigint PRIMARY KEY, n text); CREATE INDEX CONCURRENTLY IF NOT EXISTS ix ON invoices (n)").Outside(),
    ];
}
