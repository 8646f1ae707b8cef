using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class MysqlColumnPositionRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("behind another one", Severity.Careful, "ALTER TABLE orders ADD COLUMN memo varchar(50) NULL AFTER id").On(MySql).AtVersion("8.0.28").WithRows(4_812_330)
            .Saying("AFTER id writes every row and index of orders (4,812,330 rows) anew while traffic goes on")
            .Cured(Deploy("ALTER TABLE orders ADD COLUMN memo varchar(50) NULL")),
        Flagged("in front", Severity.Careful, "ALTER TABLE `orders` ADD COLUMN `memo` int NULL FIRST").On(MySql).AtVersion("8.0.12").Saying("FIRST writes every row")
            .Cured(Deploy("ALTER TABLE orders ADD COLUMN memo int NULL")),
        Flagged("a column moves", Severity.Careful, "ALTER TABLE orders MODIFY COLUMN note varchar(200) NULL AFTER id").On(MySql).Saying("at the end of the table note costs nothing")
            .Cured(LeftOut),
        Allowed("later versions", "ALTER TABLE orders ADD COLUMN memo varchar(50) NULL AFTER id").On(MySql).AtVersion("8.0.29"),
        Allowed("versions that rebuild for every column", "ALTER TABLE orders ADD COLUMN memo varchar(50) NULL AFTER id").On(MySql).AtVersion("5.7.44"),
        Allowed("at the end", "ALTER TABLE orders ADD COLUMN memo varchar(50) NULL").On(MySql).AtVersion("8.0.28"),
        Allowed("MariaDB", "ALTER TABLE orders ADD COLUMN memo varchar(50) NULL AFTER id").On(MariaDb),
        Allowed("a column that costs a copy anywhere", "ALTER TABLE orders ADD COLUMN twice int AS (qty * 2) STORED AFTER id").On(MySql).AtVersion("8.0.28"),
        Allowed("the table is new", "CREATE TABLE invoices (id bigint PRIMARY KEY)", "ALTER TABLE invoices ADD COLUMN memo int NULL FIRST").On(MySql).AtVersion("8.0.28"),
    ];
}
