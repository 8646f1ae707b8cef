using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class MysqlSetChangeRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("a value goes", Severity.Dangerous, "ALTER TABLE orders MODIFY flags set('x','y') NULL").On(MySql).Saying("orders.flags loses 'z'").Cured(LeftOut),
        Flagged("in the middle", Severity.Dangerous, "ALTER TABLE `orders` MODIFY `flags` SET('x','n','y','z') NULL").On(MariaDb).WithRows(4_812_330).Saying("gets other places for its values")
            .Cured(Deploy("ALTER TABLE orders MODIFY flags set('x','y','z','n')")),
        Flagged("a ninth value", Severity.Dangerous, "ALTER TABLE orders MODIFY flags set('x','y','z','d','e','f','g','h','i')").On(MariaDb).Saying("has 9 values now, which take 2 bytes in a row").Cured(LeftOut),
        Flagged("a small table", Severity.Careful, "ALTER TABLE orders MODIFY flags set('y','x','z')").On(MySql).WithRows(900).Cured(LeftOut),
        Allowed("at the end", "ALTER TABLE orders MODIFY flags set('x','y','z','d')").On(MySql),
        Allowed("eight values", "ALTER TABLE orders MODIFY flags set('x','y','z','d','e','f','g','h')").On(MariaDb),
        Allowed("an ENUM", "ALTER TABLE orders MODIFY kind enum('b','a')").On(MySql),
        Allowed("the table is new", "CREATE TABLE invoices (id bigint PRIMARY KEY, n set('a','b')); ALTER TABLE invoices MODIFY n set('a')").On(MySql),
    ];
}
