using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class AddColumnVolatileDefaultRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("a random uuid", Severity.Dangerous, "ALTER TABLE orders ADD COLUMN token uuid NOT NULL DEFAULT gen_random_uuid()").WithRows(4_812_330)
            .Saying("gen_random_uuid() is computed for each row"),
        Flagged("the clock", Severity.Dangerous, "ALTER TABLE orders ADD COLUMN touched timestamptz DEFAULT clock_timestamp()"),
        Flagged("a function nobody knows", Severity.Dangerous, "ALTER TABLE orders ADD COLUMN token text DEFAULT make_token()")
            .After("CREATE FUNCTION make_token() RETURNS text LANGUAGE sql AS $$ SELECT md5(random()::text) $$"),
        Flagged("a small table", Severity.Careful, "ALTER TABLE orders ADD COLUMN bucket double precision DEFAULT random()").WithRows(900),
        Allowed("an engine that fills no rows, which is said elsewhere", "ALTER TABLE orders ADD COLUMN seen TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP").On(Sqlite),
        Allowed("a constant on another engine", "ALTER TABLE orders ADD COLUMN seen TEXT NOT NULL DEFAULT ''").On(Sqlite),
        Allowed("a constant", "ALTER TABLE orders ADD COLUMN is_gift boolean NOT NULL DEFAULT false"),
        Allowed("the transaction's time", "ALTER TABLE orders ADD COLUMN expires_at timestamptz NOT NULL DEFAULT now() + interval '7 days'"),
        Allowed("a stable function with arguments", "ALTER TABLE orders ADD COLUMN epoch timestamptz DEFAULT to_timestamp(0)"),
        Allowed("a constant cast", "ALTER TABLE orders ADD COLUMN tags text[] NOT NULL DEFAULT ARRAY[]::text[]"),
        Allowed("the default comes afterwards", "ALTER TABLE orders ADD COLUMN token uuid; ALTER TABLE orders ALTER COLUMN token SET DEFAULT gen_random_uuid()"),
        Allowed("the table is new", "CREATE TABLE invoices (id bigint PRIMARY KEY); ALTER TABLE invoices ADD COLUMN token uuid DEFAULT gen_random_uuid()"),
    ];
}
