using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class MysqlInplaceRebuildRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("a version without instant columns", Severity.Careful, "ALTER TABLE orders ADD COLUMN memo varchar(50) NULL").On(MySql).AtVersion("5.7.44").WithRows(4_812_330)
            .Saying("Adding memo to orders (4,812,330 rows) writes every row and index anew while traffic goes on")
            .Cured(Deploy("ALTER TABLE orders ADD COLUMN memo varchar(50) NULL").WithoutTraffic()),
        Flagged("another row format", Severity.Careful, "ALTER TABLE `orders` ROW_FORMAT=COMPRESSED").On(MariaDb).Saying("ROW_FORMAT COMPRESSED on orders")
            .Cured(Deploy("ALTER TABLE orders ROW_FORMAT=COMPRESSED").WithoutTraffic()),
        Flagged("tidied up", Severity.Careful, "OPTIMIZE TABLE orders").On(MySql)
            .Cured(Deploy("OPTIMIZE TABLE orders").WithoutTraffic()),
        Flagged("the engine it has", Severity.Careful, "ALTER TABLE orders ENGINE=InnoDB").On(MySql).Saying("the disk has to hold orders twice")
            .Cured(Deploy("ALTER TABLE orders ENGINE=InnoDB").WithoutTraffic()),
        Flagged("two actions, one rebuild", Severity.Careful, "ALTER TABLE orders DROP PRIMARY KEY, ADD PRIMARY KEY (id, qty)").On(MariaDb).Saying("Drop primary key on orders")
            .Cured(Deploy("ALTER TABLE orders DROP PRIMARY KEY, ADD PRIMARY KEY (id, qty)").WithoutTraffic()),
        Allowed("an instant column", "ALTER TABLE orders ADD COLUMN memo varchar(50) NULL").On(MySql),
        Allowed("a small table", "OPTIMIZE TABLE orders").On(MariaDb).WithRows(900),
        Allowed("a rule of its own", "ALTER TABLE orders MODIFY note varchar(200) NOT NULL").On(MariaDb),
        Allowed("writers wait", "ALTER TABLE orders MODIFY qty bigint NOT NULL DEFAULT 0").On(MySql),
        Allowed("an index", "CREATE INDEX ix_note ON orders (note)").On(MySql),
        Allowed("the table is new", "CREATE TABLE invoices (id bigint PRIMARY KEY); OPTIMIZE TABLE invoices").On(MySql),
    ];
}
