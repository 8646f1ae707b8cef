using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class TransactionNestingRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("a commit of its own", Severity.Careful, "ALTER TABLE orders ADD COLUMN memo text; COMMIT; ALTER TABLE orders ADD COLUMN memo2 text").Saying("COMMIT in Case1 ends the transaction that EF opened")
            .Cured(Deploy("ALTER TABLE orders ADD COLUMN memo text", "ALTER TABLE orders ADD COLUMN memo2 text")),
        Flagged("wrapped by hand", Severity.Careful, "BEGIN; ALTER TABLE orders ADD COLUMN memo text; COMMIT").Cured(Deploy("ALTER TABLE orders ADD COLUMN memo text")),
        Flagged("undone", Severity.Careful, "ALTER TABLE orders ADD COLUMN memo text; ROLLBACK").Saying("the history records the migration all the same").Cured(Deploy("ALTER TABLE orders ADD COLUMN memo text")),
        Flagged("a script begins twice", Severity.Careful, "BEGIN; ALTER TABLE orders ADD COLUMN memo text; BEGIN; ALTER TABLE orders ADD COLUMN memo2 text; COMMIT").AsScript().Saying("the next COMMIT ends both")
            .Cured(Deploy("ALTER TABLE orders ADD COLUMN memo text")),
        Allowed("a script's own transaction", "BEGIN; ALTER TABLE orders ADD COLUMN memo text; COMMIT; BEGIN; ALTER TABLE orders ADD COLUMN memo2 text; COMMIT").AsScript(),
        Allowed("outside EF's transaction", "BEGIN; ALTER TABLE orders ADD COLUMN memo text; COMMIT").Outside(),
        Allowed("a savepoint", "SAVEPOINT a; ALTER TABLE orders ADD COLUMN memo text; RELEASE SAVEPOINT a"),
    ];
}
