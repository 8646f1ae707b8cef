using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class UncommittedTransactionRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("a script", Severity.Dangerous, "BEGIN; ALTER TABLE orders ADD COLUMN memo text").AsScript().Saying("the statement behind it is undone").Cured(Deploy("ALTER TABLE orders ADD COLUMN memo text")),
        Flagged("the second one", Severity.Dangerous, "BEGIN; ALTER TABLE orders ADD COLUMN memo text; COMMIT; START TRANSACTION; ALTER TABLE orders ADD COLUMN memo2 text; ALTER TABLE orders ADD COLUMN memo3 text").AsScript().Saying("the 2 statements behind it are undone")
            .Cured(Deploy("ALTER TABLE orders ADD COLUMN memo text")),
        Flagged("outside EF's transaction", Severity.Dangerous, "BEGIN; ALTER TABLE orders ADD COLUMN memo text").Outside().Cured(Deploy("ALTER TABLE orders ADD COLUMN memo text")),
        Allowed("committed", "BEGIN; ALTER TABLE orders ADD COLUMN memo text; COMMIT").AsScript(),
        Allowed("undone on purpose", "BEGIN; ALTER TABLE orders ADD COLUMN memo text; ROLLBACK").AsScript(),
        Allowed("inside EF's transaction", "BEGIN; ALTER TABLE orders ADD COLUMN memo text"),
        Allowed("none", "ALTER TABLE orders ADD COLUMN memo text").AsScript(),
    ];
}
