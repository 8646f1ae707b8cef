using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class AddColumnDefaultRewriteRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("a constant, before version 11", Severity.Dangerous, "ALTER TABLE orders ADD COLUMN is_gift boolean NOT NULL DEFAULT false").WithRows(4_812_330)
            .Saying("PostgreSQL 10 writes false into every row of orders (4,812,330 rows)") with { Version = "10" },
        Flagged("the transaction's time, before version 11", Severity.Dangerous, "ALTER TABLE orders ADD COLUMN seen timestamptz DEFAULT now()") with { Version = "10" },
        Flagged("a small table, before version 11", Severity.Careful, "ALTER TABLE orders ADD COLUMN tier text DEFAULT 'x'").WithRows(900) with { Version = "10" },
        Allowed("a constant", "ALTER TABLE orders ADD COLUMN is_gift boolean NOT NULL DEFAULT false"),
        Allowed("no default, before version 11", "ALTER TABLE orders ADD COLUMN is_gift boolean") with { Version = "10" },
        Allowed("a random value has a rule of its own", "ALTER TABLE orders ADD COLUMN token uuid DEFAULT gen_random_uuid()"),
        Allowed("the table is new, before version 11", "CREATE TABLE invoices (id bigint PRIMARY KEY); ALTER TABLE invoices ADD COLUMN paid boolean DEFAULT false") with { Version = "10" },
        Allowed("another engine", "ALTER TABLE orders ADD COLUMN tier int NOT NULL DEFAULT 0").On("mysql"),
        Allowed("a domain with a rule has one of its own", "ALTER TABLE orders ADD COLUMN rank short DEFAULT 1").After("CREATE DOMAIN short AS integer CHECK (VALUE < 100)"),
    ];
}
