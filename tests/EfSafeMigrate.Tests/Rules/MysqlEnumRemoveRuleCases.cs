using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class MysqlEnumRemoveRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("one value", Severity.Dangerous, "ALTER TABLE orders MODIFY COLUMN kind enum('a') NULL").On(MySql).WithRows(4_812_330).Saying("orders.kind loses 'b': every row of orders (4,812,330 rows) is copied")
            .Cured(LeftOut),
        Flagged("and a new one", Severity.Dangerous, "ALTER TABLE `orders` MODIFY `kind` ENUM('a', 'c') NULL").On(MariaDb).Saying("one row with 'b' makes it fail").Cured(LeftOut),
        Flagged("rows hold it", Severity.Dangerous, "ALTER TABLE orders MODIFY kind enum('a')").On(MariaDb).WithRows(900).Asked(ProbeKind.DoNotFit, "kind", 12, "7, 9").Saying("it fails on 12 values that go, first 7, 9").Cured(LeftOut),
        Flagged("no row holds it", Severity.Careful, "ALTER TABLE orders MODIFY kind enum('a')").On(MariaDb).WithRows(900).Asked(ProbeKind.DoNotFit, "kind", 0, looked: 900).Saying("hold no values that go now").Cured(LeftOut),
        Flagged("without a word", Severity.Dangerous, "SET sql_mode = ''; ALTER TABLE orders MODIFY kind enum('a')").On(MySql).Saying("rows with 'b' are left without it and without a word").Cured(LeftOut),
        Allowed("a value at the end", "ALTER TABLE orders MODIFY COLUMN kind enum('a','b','c') NULL").On(MySql),
        Allowed("written with spaces", "ALTER TABLE orders MODIFY COLUMN kind ENUM ( 'a' , 'b' ) NULL").On(MySql),
        Allowed("another order", "ALTER TABLE orders MODIFY COLUMN kind enum('b','a') NULL").On(MySql),
        Allowed("a value with a comma", "ALTER TABLE bills MODIFY n enum('a,b','c','d')").On(MySql).After("CREATE TABLE bills (id bigint PRIMARY KEY, n enum('a,b','c'));"),
        Allowed("the table is new", "CREATE TABLE invoices (id bigint PRIMARY KEY, n enum('a','b')); ALTER TABLE invoices MODIFY n enum('a')").On(MySql),
    ];
}
