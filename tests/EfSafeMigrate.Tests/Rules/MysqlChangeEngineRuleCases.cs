using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class MysqlChangeEngineRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("away from InnoDB", Severity.Dangerous, "ALTER TABLE orders ENGINE=MyISAM").On(MySql).WithRows(4_812_330).Saying("ENGINE=MyISAM copies every row of orders (4,812,330 rows)")
            .Cured(LeftOut).Cured(Deploy("ALTER TABLE orders ENGINE=MyISAM").WithoutTraffic()),
        Flagged("to InnoDB", Severity.Dangerous, "ALTER TABLE `bills` ENGINE = InnoDB").On(MariaDb).After("CREATE TABLE bills (id bigint PRIMARY KEY) ENGINE=Aria;")
            .Cured(Deploy("ALTER TABLE bills ENGINE=InnoDB").WithoutTraffic()),
        Flagged("a small table", Severity.Careful, "ALTER TABLE orders ENGINE=Aria").On(MariaDb).WithRows(900).Cured(LeftOut),
        Allowed("the engine it has", "ALTER TABLE orders ENGINE=InnoDB").On(MySql),
        Allowed("in other letters", "ALTER TABLE orders engine innodb").On(MariaDb),
        Allowed("nobody uses the table", "CREATE TABLE invoices (id bigint PRIMARY KEY); ALTER TABLE invoices ENGINE=MyISAM").On(MySql),
    ];
}
