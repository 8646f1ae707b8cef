using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class SetNotNullNonstrictRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("zeros by a copy", Severity.Dangerous, "SET sql_mode = ''; ALTER TABLE orders MODIFY COLUMN number bigint NOT NULL").On(MySql).WithRows(4_812_330)
            .Saying("every NULL becomes 0 without a word, for sql_mode is not strict, and the copy of orders (4,812,330 rows)")
            .Cured(new CuredForm([Deploy("UPDATE orders SET number = 7 WHERE id = 1 AND number IS NULL", "ALTER TABLE orders MODIFY COLUMN number bigint NOT NULL")]).Leaving("set-not-null-scan")),
        Flagged("texts while traffic goes on", Severity.Dangerous, "SET SESSION sql_mode = 'NO_ENGINE_SUBSTITUTION'; ALTER TABLE orders MODIFY note varchar(200) NOT NULL").On(MariaDb).Saying("every NULL becomes '' without a word")
            .Cured(new CuredForm([Deploy("ALTER TABLE orders MODIFY note varchar(200) NOT NULL")]).Leaving("set-not-null-scan")),
        Flagged("no NULL is there, and the copy is", Severity.Careful, "SET sql_mode = ''; ALTER TABLE orders MODIFY COLUMN number bigint NOT NULL").On(MySql).WithRows(900).Asked(ProbeKind.Nulls, "number", 0, looked: 900)
            .Saying("no row holds NULL now, and the copy")
            .Cured(new CuredForm([Deploy("ALTER TABLE orders MODIFY COLUMN number bigint NOT NULL")]).Leaving("set-not-null-scan")),
        Allowed("a strict session", "ALTER TABLE orders MODIFY COLUMN number bigint NOT NULL").On(MySql),
        Allowed("a mode that is strict", "SET sql_mode = 'TRADITIONAL'; ALTER TABLE orders MODIFY COLUMN number bigint NOT NULL").On(MySql),
        Allowed("strict again", "SET sql_mode = ''; SET sql_mode = 'STRICT_ALL_TABLES'; ALTER TABLE orders MODIFY COLUMN number bigint NOT NULL").On(MariaDb),
        Allowed("no NULL is there", "SET sql_mode = ''; ALTER TABLE orders MODIFY COLUMN number bigint NOT NULL").On(MariaDb).Asked(ProbeKind.Nulls, "number", 0, looked: 5_000_000),
        Allowed("it was required before", "SET sql_mode = ''; ALTER TABLE orders MODIFY COLUMN qty int NOT NULL DEFAULT 0").On(MySql),
        Allowed("the table is new", "SET sql_mode = ''; CREATE TABLE invoices (id bigint PRIMARY KEY, n int); ALTER TABLE invoices MODIFY n int NOT NULL").On(MySql),
    ];
}
