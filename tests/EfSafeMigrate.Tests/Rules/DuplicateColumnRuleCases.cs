using EfSafeMigrate.Changes;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class DuplicateColumnRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("listed twice", Severity.Dangerous, "CREATE TABLE invoices (id bigint PRIMARY KEY, n text, n text)").Saying("CREATE TABLE invoices lists n twice and fails")
            .Cured(Deploy("CREATE TABLE invoices (id bigint PRIMARY KEY, n text)")),
        Flagged("there already", Severity.Dangerous, "ALTER TABLE orders ADD COLUMN note text").Saying("orders has a column note already")
            .Cured(LeftOut),
        Flagged("added twice", Severity.Dangerous, "ALTER TABLE orders ADD COLUMN memo text", "ALTER TABLE orders ADD COLUMN memo varchar(20)")
            .Cured(Deploy("ALTER TABLE orders ADD COLUMN memo text")),
        Flagged("in other letters", Severity.Dangerous, "ALTER TABLE orders ADD COLUMN Note TEXT").On(Sqlite)
            .Cured(LeftOut),
        Allowed("unless it is there", "ALTER TABLE orders ADD COLUMN IF NOT EXISTS note text"),
        Allowed("quoted in other letters", "ALTER TABLE orders ADD COLUMN \"Note\" text"),
        Allowed("dropped before", "ALTER TABLE orders DROP COLUMN note", "ALTER TABLE orders ADD COLUMN note text"),
        Allowed("the other name is gone", "ALTER TABLE orders RENAME COLUMN note TO remark; ALTER TABLE orders ADD COLUMN note text").On(Sqlite),
    ];
}
