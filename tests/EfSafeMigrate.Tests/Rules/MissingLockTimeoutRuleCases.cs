using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class MissingLockTimeoutRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("a column is added", Severity.Careful, "ALTER TABLE orders ADD COLUMN memo text").AsScript().Saying("Without lock_timeout").Cured(Deploy("SET lock_timeout = '5s'; ALTER TABLE orders ADD COLUMN memo text")),
        Flagged("once for the whole script", Severity.Careful, "ALTER TABLE orders ADD COLUMN memo text; ALTER TABLE orders ADD COLUMN memo2 text; ALTER TABLE orders DROP COLUMN note").AsScript()
            .Cured(Deploy("SET lock_timeout = '5s'; ALTER TABLE orders ADD COLUMN memo text")),
        Flagged("a new table references an old one", Severity.Careful, "CREATE TABLE invoices (id bigint PRIMARY KEY, order_id bigint REFERENCES orders (id))").AsScript().Cured(Deploy("SET LOCAL lock_timeout = '2s'; CREATE TABLE invoices (id bigint PRIMARY KEY, order_id bigint REFERENCES orders (id))")),
        Flagged("the first transaction takes it along", Severity.Careful, "BEGIN; SET LOCAL lock_timeout = '2s'; ALTER TABLE orders ADD COLUMN memo text; COMMIT; BEGIN; ALTER TABLE orders ADD COLUMN memo2 text; COMMIT").AsScript()
            .Cured(Deploy("SET lock_timeout = '5s'; ALTER TABLE orders ADD COLUMN memo text")),
        Allowed("the script sets it", "SET lock_timeout = '2s'; ALTER TABLE orders ADD COLUMN memo text").AsScript(),
        Allowed("for the transaction", "BEGIN; SET LOCAL lock_timeout = '2s'; ALTER TABLE orders ADD COLUMN memo text; COMMIT").AsScript(),
        Allowed("a migration gets it from the tool", "ALTER TABLE orders ADD COLUMN memo text"),
        Allowed("nothing is locked", "CREATE TABLE t (a int); CREATE INDEX ix_t ON t (a); INSERT INTO orders (id) VALUES (9000001)").AsScript(),
        Allowed("an engine that does not queue", "ALTER TABLE orders ADD COLUMN memo TEXT").On(Sqlite).AsScript(),
    ];
}
