using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class LockTimeoutDisabledRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("zero", Severity.Careful, "SET lock_timeout = 0; ALTER TABLE orders ADD COLUMN memo text").Saying("lock_timeout is switched off").Cured(Deploy("SET lock_timeout = '5s'; ALTER TABLE orders ADD COLUMN memo text")),
        Flagged("with a unit", Severity.Careful, "SET LOCAL lock_timeout = '0s'; ALTER TABLE orders ADD COLUMN memo text; ALTER TABLE orders ADD COLUMN memo2 text").Cured(Deploy("SET lock_timeout = '5s'; ALTER TABLE orders ADD COLUMN memo text")),
        Flagged("by function", Severity.Careful, "SELECT set_config('lock_timeout', '0', false); ALTER TABLE orders ADD COLUMN memo text").AsScript().Cured(Deploy("SET lock_timeout = '5s'; ALTER TABLE orders ADD COLUMN memo text")),
        Allowed("a few seconds", "SET lock_timeout = '2s'; ALTER TABLE orders ADD COLUMN memo text"),
        Allowed("a concurrent build waits for others, not others for it", "SET lock_timeout = 0; CREATE INDEX CONCURRENTLY ix_orders_note ON orders (note)").Outside(),
        Allowed("another setting", "SET statement_timeout = 0; ALTER TABLE orders ADD COLUMN memo text"),
        Allowed("the transaction is over", "SET LOCAL lock_timeout = 0; SELECT 1; COMMIT; ALTER TABLE orders ADD COLUMN memo text").AsScript(),
    ];
}
