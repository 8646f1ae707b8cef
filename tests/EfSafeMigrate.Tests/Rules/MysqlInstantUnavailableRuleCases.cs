using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class MysqlInstantUnavailableRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("beside a FULLTEXT index", Severity.Dangerous, "ALTER TABLE orders ADD COLUMN memo int NULL").On(MySql).WithRows(4_812_330).After("CREATE FULLTEXT INDEX ft_orders ON orders (note);")
            .Saying("for ft_orders is a FULLTEXT index: on another table it takes an instant")
            .Cured(Deploy("CREATE TABLE orders_more (id bigint PRIMARY KEY, memo int NULL)")),
        Flagged("on the other engine as well", Severity.Dangerous, "ALTER TABLE orders ADD COLUMN memo int NULL").On(MariaDb).After("ALTER TABLE orders ADD FULLTEXT INDEX ft_orders (note);")
            .Saying("stops every INSERT, UPDATE and DELETE on orders")
            .Cured(Deploy("ALTER TABLE orders ADD COLUMN memo int NULL").WithoutTraffic()),
        Flagged("compressed rows", Severity.Careful, "ALTER TABLE orders ADD COLUMN memo int NULL").On(MariaDb).After("ALTER TABLE orders ROW_FORMAT=COMPRESSED;").Saying("while traffic goes on, for its rows are compressed")
            .Cured(Deploy("ALTER TABLE orders ADD COLUMN memo int NULL").WithoutTraffic()),
        Flagged("compressed from the beginning", Severity.Careful, "ALTER TABLE bills ADD COLUMN memo int NULL").On(MySql).After("CREATE TABLE bills (id bigint PRIMARY KEY) ENGINE=InnoDB ROW_FORMAT=Compressed;")
            .Cured(Deploy("ALTER TABLE bills ADD COLUMN memo int NULL").WithoutTraffic()),
        Flagged("a small table", Severity.Careful, "ALTER TABLE orders ADD COLUMN memo int NULL").On(MySql).WithRows(900).After("CREATE FULLTEXT INDEX ft_orders ON orders (note);")
            .Cured(Deploy("ALTER TABLE orders ADD COLUMN memo int NULL").WithoutTraffic()),
        Flagged("a column goes", Severity.Dangerous, "ALTER TABLE orders DROP COLUMN label").On(MariaDb).After("CREATE FULLTEXT INDEX ft_orders ON orders (note);").Saying("Dropping label writes every row")
            .Cured(new CuredForm([Deploy("ALTER TABLE orders DROP COLUMN label").WithoutTraffic()]).Leaving("drop-column")),
        Flagged("what a dropped index has left", Severity.Careful, "DROP INDEX ft_orders ON orders", "ALTER TABLE orders ADD COLUMN memo int NULL").On(MariaDb).After("CREATE FULLTEXT INDEX ft_orders ON orders (note);")
            .Saying("while traffic goes on, for the FULLTEXT index it had has left a hidden column behind")
            .Cured(Deploy("DROP INDEX ft_orders ON orders", "CREATE TABLE orders_more (id bigint PRIMARY KEY, memo int NULL)")),
        Allowed("written anew since", "DROP INDEX ft_orders ON orders", "ALTER TABLE orders FORCE", "ALTER TABLE orders ADD COLUMN memo int NULL").On(MariaDb).After("CREATE FULLTEXT INDEX ft_orders ON orders (note);"),
        Allowed("an ordinary table", "ALTER TABLE orders ADD COLUMN memo int NULL").On(MySql),
        Allowed("the index is gone", "DROP INDEX ft_orders ON orders", "ALTER TABLE orders ADD COLUMN memo int NULL").On(MySql).After("CREATE FULLTEXT INDEX ft_orders ON orders (note);"),
        Allowed("a version that never does it at once", "ALTER TABLE orders ADD COLUMN memo int NULL").On(MySql).AtVersion("5.7.44").After("ALTER TABLE orders ROW_FORMAT=COMPRESSED;"),
        Allowed("a column that copies any table", "ALTER TABLE orders ADD COLUMN twice int AS (qty * 2) STORED").On(MySql).After("CREATE FULLTEXT INDEX ft_orders ON orders (note);"),
        Allowed("another table", "ALTER TABLE customers ADD COLUMN memo int NULL").On(MariaDb).After("CREATE FULLTEXT INDEX ft_orders ON orders (note);"),
    ];
}
