using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class MysqlAlgorithmCopyRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("an index", Severity.Dangerous, "ALTER TABLE orders ADD INDEX ix_note (note), ALGORITHM=COPY").On(MySql).WithRows(4_812_330).Saying("ALGORITHM=COPY copies every row of orders (4,812,330 rows) and stops")
            .Cured(Deploy("ALTER TABLE orders ADD INDEX ix_note (note), ALGORITHM=INPLACE, LOCK=NONE"))
            .Cured(Deploy("ALTER TABLE orders ADD INDEX ix_note (note)")),
        Flagged("two actions, one finding", Severity.Dangerous, "ALTER TABLE orders ADD memo int NULL, ADD INDEX ix_note (note), ALGORITHM=COPY, LOCK=SHARED").On(MariaDb)
            .Cured(Deploy("ALTER TABLE orders ADD memo int NULL", "ALTER TABLE orders ADD INDEX ix_note (note)")),
        Flagged("a small table", Severity.Careful, "CREATE INDEX ix_note ON orders (note) ALGORITHM=COPY").On(MySql).WithRows(900)
            .Cured(Deploy("CREATE INDEX ix_note ON orders (note) ALGORITHM=INPLACE LOCK=NONE")),
        Flagged("an online copy", Severity.Careful, "ALTER TABLE orders ADD INDEX ix_note (note), ALGORITHM=COPY").On(MariaDb).AtVersion("11.4").Saying("while traffic goes on")
            .Cured(Deploy("ALTER TABLE orders ADD INDEX ix_note (note)")),
        Allowed("the server chooses", "ALTER TABLE orders ADD INDEX ix_note (note), ALGORITHM=DEFAULT").On(MySql),
        Allowed("no copy", "ALTER TABLE orders ADD INDEX ix_note (note), ALGORITHM=INPLACE, LOCK=NONE").On(MySql),
        Allowed("a copy it needs", "ALTER TABLE orders MODIFY number int NULL, ALGORITHM=COPY").On(MySql),
        Allowed("the table is new", "CREATE TABLE invoices (id bigint PRIMARY KEY, n int); ALTER TABLE invoices ADD INDEX ix (n), ALGORITHM=COPY").On(MySql),
    ];
}
