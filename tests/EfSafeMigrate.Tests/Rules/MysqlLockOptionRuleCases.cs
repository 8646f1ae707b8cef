using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class MysqlLockOptionRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("writers", Severity.Dangerous, "ALTER TABLE orders ADD INDEX ix_note (note), LOCK=SHARED").On(MySql).WithRows(4_812_330).Saying("LOCK=SHARED stops every INSERT, UPDATE and DELETE on orders")
            .Cured(Deploy("ALTER TABLE orders ADD INDEX ix_note (note), LOCK=NONE")),
        Flagged("everybody", Severity.Dangerous, "CREATE INDEX ix_note ON orders (note) LOCK=EXCLUSIVE").On(MariaDb).Saying("LOCK=EXCLUSIVE stops every read and write of orders")
            .Cured(Deploy("CREATE INDEX ix_note ON orders (note) LOCK=NONE")),
        Flagged("readers of a copy as well", Severity.Dangerous, "ALTER TABLE orders MODIFY qty bigint NOT NULL DEFAULT 0, LOCK=EXCLUSIVE").On(MariaDb).Saying("stops every read and write of orders")
            .Cured(new CuredForm([Deploy("ALTER TABLE orders MODIFY qty bigint NOT NULL DEFAULT 0")]).Leaving("alter-column-type-rewrite")),
        Flagged("a small table", Severity.Careful, "ALTER TABLE orders ADD INDEX ix_note (note), LOCK=SHARED").On(MariaDb).WithRows(900)
            .Cured(Deploy("ALTER TABLE orders ADD INDEX ix_note (note), LOCK=NONE")),
        Allowed("nobody waits", "ALTER TABLE orders ADD INDEX ix_note (note), LOCK=NONE").On(MySql),
        Allowed("the lock it takes anyway", "ALTER TABLE orders MODIFY qty bigint NOT NULL DEFAULT 0, LOCK=SHARED").On(MySql),
        Allowed("nothing lasts", "ALTER TABLE orders ADD memo int NULL, LOCK=EXCLUSIVE").On(MariaDb),
        Allowed("the table is new", "CREATE TABLE invoices (id bigint PRIMARY KEY, n int); ALTER TABLE invoices ADD INDEX ix (n), LOCK=SHARED").On(MySql),
    ];
}
