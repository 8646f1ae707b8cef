using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class MysqlPartitionTableRuleCases
{
    private const string Divided = "ALTER TABLE orders PARTITION BY RANGE (id) (PARTITION p0 VALUES LESS THAN (100), PARTITION p1 VALUES LESS THAN (500))";

    public static IEnumerable<RuleCase> All =>
    [
        Flagged("a table is divided", Severity.Dangerous, "ALTER TABLE orders PARTITION BY HASH (id) PARTITIONS 4").On(MySql).WithRows(4_812_330).Saying("PARTITION BY copies every row of orders (4,812,330 rows)")
            .Cured(Deploy("ALTER TABLE orders PARTITION BY HASH (id) PARTITIONS 4").WithoutTraffic()),
        Flagged("and united", Severity.Dangerous, "ALTER TABLE `orders` REMOVE PARTITIONING").On(MariaDb).After("ALTER TABLE orders PARTITION BY HASH (id) PARTITIONS 4")
            .Cured(Deploy("ALTER TABLE orders REMOVE PARTITIONING").WithoutTraffic()),
        Flagged("a partition goes", Severity.Dangerous, "ALTER TABLE orders DROP PARTITION p0").On(MariaDb).After(Divided).Saying("DROP PARTITION p0 deletes the rows of p0")
            .Cured(LeftOut),
        Flagged("a small table", Severity.Careful, "ALTER TABLE orders PARTITION BY HASH (id) PARTITIONS 4").On(MariaDb).WithRows(900)
            .Cured(Deploy("ALTER TABLE orders PARTITION BY HASH (id) PARTITIONS 4").WithoutTraffic()),
        Allowed("the table is new", "CREATE TABLE invoices (id bigint PRIMARY KEY) PARTITION BY HASH (id) PARTITIONS 4").On(MySql),
        Allowed("new and divided afterwards", "CREATE TABLE invoices (id bigint PRIMARY KEY); ALTER TABLE invoices PARTITION BY HASH (id) PARTITIONS 4").On(MySql),
        Allowed("a new empty partition", "ALTER TABLE orders ADD PARTITION (PARTITION p9 VALUES LESS THAN (1000))").On(MySql).After(Divided),
        Allowed("statistics", "ALTER TABLE orders ANALYZE PARTITION p0").On(MariaDb).After(Divided),
    ];
}
