using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class PreferRobustDdlRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("a table beside another change", Severity.Safe, "CREATE TABLE t (a int); CREATE INDEX CONCURRENTLY IF NOT EXISTS ix_orders_note ON orders (note)").Outside().Advised().Saying("CREATE TABLE t runs outside a transaction").Cured(Deploy()),
        Flagged("an index is dropped beside its successor", Severity.Safe, "DROP INDEX CONCURRENTLY ix_orders_code; DROP INDEX CONCURRENTLY IF EXISTS ix_new; CREATE INDEX CONCURRENTLY ix_new ON orders (code)").Outside().Advised().Cured(Deploy()),
        Flagged("a column", Severity.Safe, "ALTER TABLE orders ADD COLUMN memo text; ALTER TABLE orders ADD COLUMN IF NOT EXISTS memo2 text").Outside().Advised().Cured(Deploy()),
        Allowed("it can run twice", "CREATE TABLE IF NOT EXISTS t (a int); ALTER TABLE orders ADD COLUMN IF NOT EXISTS memo text").Outside().Advised(),
        Allowed("one statement leaves nothing", "ALTER TABLE orders ADD COLUMN memo text").Outside().Advised(),
        Allowed("the transaction takes it back", "CREATE TABLE t (a int); ALTER TABLE orders ADD COLUMN memo text").Advised(),
        Allowed("dropped by name first", "DROP INDEX CONCURRENTLY IF EXISTS ix_orders_note; CREATE INDEX CONCURRENTLY ix_orders_note ON orders (note)").Outside().Advised(),
        Allowed("nobody asked for advice", "CREATE TABLE t (a int); CREATE TABLE t2 (a int)").Outside(),
    ];
}
