using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class ReusedNameRuleCases
{
    private static readonly CuredForm Form = new([Deploy("ALTER TABLE orders ADD COLUMN town text")]);

    public static IEnumerable<RuleCase> All =>
    [
        Flagged("a dropped column's name", Severity.Dangerous, "ALTER TABLE orders DROP COLUMN city; ALTER TABLE orders RENAME COLUMN street TO city").Saying("reads and writes city and gets the values of street").Cured(Form),
        Flagged("two columns change places", Severity.Dangerous, "ALTER TABLE orders RENAME COLUMN city TO spare; ALTER TABLE orders RENAME COLUMN street TO city").Cured(Form),
        Flagged("in a later migration of the deployment", Severity.Dangerous, "ALTER TABLE orders RENAME COLUMN city TO town", "ALTER TABLE orders ADD COLUMN city text").Saying("A new column takes the name orders.city").Cured(Form),
        Flagged("another table's name", Severity.Dangerous, "ALTER TABLE logs RENAME TO old_logs; ALTER TABLE customers RENAME TO logs").Saying("customers takes the name logs").Cured(LeftOut),
        Flagged("another engine", Severity.Dangerous, "ALTER TABLE orders RENAME COLUMN note TO remark; ALTER TABLE orders RENAME COLUMN status TO note").On(Sqlite).Cured(LeftOut),
        Allowed("a name nobody had", "ALTER TABLE orders DROP COLUMN city; ALTER TABLE orders RENAME COLUMN street TO address"),
        Allowed("there and back", "ALTER TABLE orders RENAME COLUMN city TO town; ALTER TABLE orders RENAME COLUMN town TO city"),
        Allowed("the same name in another table", "ALTER TABLE orders DROP COLUMN note; ALTER TABLE customers ADD COLUMN note text"),
        Allowed("a new column's name", "ALTER TABLE orders ADD COLUMN memo text; ALTER TABLE orders DROP COLUMN memo; ALTER TABLE orders RENAME COLUMN note TO memo"),
    ];
}
