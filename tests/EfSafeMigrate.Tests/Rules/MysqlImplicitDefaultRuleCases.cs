using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class MysqlImplicitDefaultRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("a number", Severity.Dangerous, "ALTER TABLE orders ADD COLUMN region_id int NOT NULL").On(MySql).WithRows(4_812_330).Saying("4,812,330 rows of orders get 0 without a word")
            .Cured(Deploy("ALTER TABLE orders ADD COLUMN region_id int NULL"))
            .Cured(Deploy("ALTER TABLE orders ADD COLUMN region_id int NOT NULL DEFAULT 1")),
        Flagged("a text", Severity.Dangerous, "ALTER TABLE `orders` ADD `memo` longtext CHARACTER SET utf8mb4 NOT NULL").On(MariaDb).Saying("every row of orders gets ''")
            .Cured(Deploy("ALTER TABLE `orders` ADD `memo` longtext NULL")),
        Flagged("a date", Severity.Dangerous, "ALTER TABLE orders ADD COLUMN due datetime(6) NOT NULL").On(MariaDb).Saying("or it fails where sql_mode has NO_ZERO_DATE")
            .Cured(Deploy("ALTER TABLE orders ADD COLUMN due datetime(6) NULL")),
        Flagged("the first of a list", Severity.Dangerous, "ALTER TABLE orders ADD COLUMN size ENUM('small', 'large') NOT NULL").On(MySql).Saying("gets 'small' without a word")
            .Cured(Deploy("ALTER TABLE orders ADD COLUMN size ENUM('small', 'large') NOT NULL DEFAULT 'large'")),
        Flagged("an empty table", Severity.Dangerous, "ALTER TABLE orders ADD COLUMN region_id int NOT NULL").On(MariaDb).WithRows(0).Saying("under a strict sql_mode every INSERT")
            .Cured(Deploy("ALTER TABLE orders ADD COLUMN region_id int NULL")),
        Allowed("a default", "ALTER TABLE orders ADD COLUMN region_id int NOT NULL DEFAULT 0").On(MySql),
        Allowed("a nullable column", "ALTER TABLE orders ADD COLUMN region_id int NULL").On(MySql),
        Allowed("a computed column", "ALTER TABLE orders ADD COLUMN twice int AS (qty * 2) VIRTUAL NOT NULL").On(MySql),
        Allowed("the table is new", "CREATE TABLE invoices (id bigint PRIMARY KEY); ALTER TABLE `Invoices` ADD COLUMN n int NULL; ALTER TABLE invoices ADD COLUMN region_id int NOT NULL").On(MariaDb),
        Allowed("the server numbers the rows", "ALTER TABLE logs ADD COLUMN no bigint NOT NULL AUTO_INCREMENT UNIQUE").On(MySql),
        Allowed("an engine that refuses", "ALTER TABLE orders ADD COLUMN region_id integer NOT NULL"),
    ];
}
