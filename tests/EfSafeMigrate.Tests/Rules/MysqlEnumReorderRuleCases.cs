using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class MysqlEnumReorderRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("in the middle", Severity.Dangerous, "ALTER TABLE orders MODIFY kind enum('a','x','b') NULL").On(MariaDb).WithRows(4_812_330).Saying("The values of orders.kind get other places in the list")
            .Cured(Deploy("ALTER TABLE orders MODIFY kind enum('a','b','x') NULL")),
        Flagged("another order", Severity.Dangerous, "ALTER TABLE `orders` MODIFY COLUMN `kind` enum('b','a')").On(MySql).Saying("stops every INSERT, UPDATE and DELETE on orders").Cured(LeftOut),
        Flagged("a small table", Severity.Careful, "ALTER TABLE orders MODIFY kind enum('x','a','b')").On(MySql).WithRows(900)
            .Cured(Deploy("ALTER TABLE orders MODIFY kind enum('a','b','x')")),
        Allowed("at the end", "ALTER TABLE orders MODIFY kind enum('a','b','x')").On(MariaDb),
        Allowed("a value goes", "ALTER TABLE orders MODIFY kind enum('a')").On(MariaDb),
        Allowed("the same list", "ALTER TABLE orders MODIFY kind enum('a','b')").On(MySql),
        Allowed("the table is new", "CREATE TABLE invoices (id bigint PRIMARY KEY, n enum('a','b')); ALTER TABLE invoices MODIFY n enum('b','a')").On(MySql),
    ];
}
