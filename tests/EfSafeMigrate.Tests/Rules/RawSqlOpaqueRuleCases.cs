using EfSafeMigrate.Changes;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;

namespace EfSafeMigrate.Tests.Rules;

internal static class RawSqlOpaqueRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("SQL put together at run time", Severity.Careful, "DO $$ BEGIN EXECUTE 'ALTER TABLE orders ADD COLUMN ' || 'memo text'; END $$")
            .Saying("EXECUTE runs SQL that is put together at run time"),
        Flagged("a word that destroys stands in it", Severity.Dangerous, "DO $$ BEGIN EXECUTE 'ALTER TABLE orders DROP COLUMN note'; END $$").Saying("The word DROP stands in it"),
        Flagged("beside statements that are read", Severity.Careful, "ALTER TABLE logs ADD COLUMN memo text; DO $$ BEGIN EXECUTE 'UPDATE orders SET note = ' || quote_literal('x'); END $$"),
        Allowed("a block of plain statements", "DO $$ BEGIN ALTER TABLE orders ADD COLUMN memo text; END $$"),
        Allowed("a plain statement", "ALTER TABLE orders ADD COLUMN memo text"),
        Allowed("a setting", "SET lock_timeout = '2s'"),
    ];
}
