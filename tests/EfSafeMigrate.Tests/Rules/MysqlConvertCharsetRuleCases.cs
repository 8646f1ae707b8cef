using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class MysqlConvertCharsetRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("the whole table", Severity.Dangerous, "ALTER TABLE orders CONVERT TO CHARACTER SET latin1").On(MySql).WithRows(4_812_330).Saying("CONVERT TO CHARACTER SET latin1 copies every row of orders (4,812,330 rows)")
            .Cured(Deploy("ALTER TABLE orders CONVERT TO CHARACTER SET latin1").WithoutTraffic())
            .Cured(Deploy("ALTER TABLE orders CHARACTER SET latin1")),
        Flagged("on the other engine", Severity.Dangerous, "ALTER TABLE `customers` CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_bin").On(MariaDb)
            .Cured(Deploy("ALTER TABLE customers CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_bin").WithoutTraffic()),
        Flagged("one column", Severity.Dangerous, "ALTER TABLE orders MODIFY note varchar(200) CHARACTER SET latin1 NULL").On(MySql).Saying("Giving note the character set latin1 copies every row")
            .Cured(new CuredForm([Deploy("ALTER TABLE orders MODIFY note varchar(200) CHARACTER SET latin1 NULL").WithoutTraffic()]).Leaving("alter-column-narrow")),
        Flagged("a small table", Severity.Careful, "ALTER TABLE orders CONVERT TO CHARACTER SET latin1").On(MariaDb).WithRows(900)
            .Cured(Deploy("ALTER TABLE orders CONVERT TO CHARACTER SET latin1").WithoutTraffic()),
        Allowed("the default for new columns", "ALTER TABLE orders CHARACTER SET latin1").On(MySql),
        Allowed("the database's default", "ALTER DATABASE CHARACTER SET utf8mb4").On(MySql),
        Allowed("the character set it has", "ALTER TABLE orders CONVERT TO CHARACTER SET utf8mb4").On(MariaDb),
        Allowed("three bytes become four", "ALTER TABLE bills MODIFY n varchar(20) CHARACTER SET utf8mb4").On(MariaDb).After("CREATE TABLE bills (id bigint PRIMARY KEY, n varchar(20) CHARACTER SET utf8);"),
        Allowed("the table is new", "CREATE TABLE invoices (id bigint PRIMARY KEY); ALTER TABLE invoices CONVERT TO CHARACTER SET latin1").On(MySql),
        Allowed("Pomelo resets the table's default", """
            set @__pomelo_TableCharset = (
                SELECT `ccsa`.`CHARACTER_SET_NAME` as `TABLE_CHARACTER_SET`
                FROM `INFORMATION_SCHEMA`.`TABLES` as `t`
                LEFT JOIN `INFORMATION_SCHEMA`.`COLLATION_CHARACTER_SET_APPLICABILITY` as `ccsa` ON `ccsa`.`COLLATION_NAME` = `t`.`TABLE_COLLATION`
                WHERE `TABLE_SCHEMA` = SCHEMA() AND `TABLE_NAME` = 'orders' AND `TABLE_TYPE` IN ('BASE TABLE', 'VIEW'));

            SET @__pomelo_SqlExpr = CONCAT('ALTER TABLE `orders` CHARACTER SET = ', @__pomelo_TableCharset, ';');
            PREPARE __pomelo_SqlExprExecute FROM @__pomelo_SqlExpr;
            EXECUTE __pomelo_SqlExprExecute;
            DEALLOCATE PREPARE __pomelo_SqlExprExecute;
            """).On(MySql),
    ];
}
