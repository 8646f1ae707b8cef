using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class MysqlVarcharLengthBytesRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("past one byte", Severity.Dangerous, "ALTER TABLE orders MODIFY COLUMN code varchar(64) CHARACTER SET utf8mb4 NULL").On(MySql).WithRows(4_812_330)
            .Saying("grows from varchar(20) (80 bytes) to varchar(64) (256 bytes), past the 255 whose length fits one byte")
            .Cured(Deploy("ALTER TABLE orders MODIFY COLUMN code varchar(63) NULL"))
            .Cured(Deploy("ALTER TABLE orders ADD COLUMN long_code varchar(64) NULL")),
        Flagged("on MariaDB from 128 bytes on", Severity.Dangerous, "ALTER TABLE orders MODIFY label varchar(64) NULL").On(MariaDb).Saying("varchar(63) needs no copy")
            .Cured(Deploy("ALTER TABLE orders MODIFY label varchar(63) NULL")),
        Flagged("a small table", Severity.Careful, "ALTER TABLE `orders` MODIFY COLUMN `code` varchar(300) NULL").On(MySql).WithRows(900)
            .Cured(Deploy("ALTER TABLE orders MODIFY COLUMN code varchar(63) NULL")),
        Flagged("an online copy", Severity.Careful, "ALTER TABLE orders MODIFY label varchar(64) NULL").On(MariaDb).AtVersion("11.4").Saying("is copied while traffic goes on")
            .Cured(Deploy("ALTER TABLE orders MODIFY label varchar(63) NULL")),
        Allowed("within one byte", "ALTER TABLE orders MODIFY COLUMN code varchar(63) NULL").On(MySql),
        Allowed("two bytes before already", "ALTER TABLE orders MODIFY COLUMN note varchar(400) NULL").On(MySql),
        Allowed("on MariaDB up to 127 bytes", "ALTER TABLE orders MODIFY code varchar(64) NULL").On(MariaDb),
        Allowed("one byte for each character", "ALTER TABLE bills MODIFY n varchar(255) CHARACTER SET latin1 NULL").On(MySql).After("CREATE TABLE bills (id bigint PRIMARY KEY, n varchar(20) CHARACTER SET latin1);"),
        Allowed("shorter", "ALTER TABLE orders MODIFY COLUMN note varchar(20) NULL").On(MySql),
        Allowed("another type", "ALTER TABLE orders MODIFY COLUMN code longtext NULL").On(MySql),
        Allowed("the table is new", "CREATE TABLE invoices (id bigint PRIMARY KEY, n varchar(20)); ALTER TABLE invoices MODIFY n varchar(100)").On(MySql),
    ];
}
