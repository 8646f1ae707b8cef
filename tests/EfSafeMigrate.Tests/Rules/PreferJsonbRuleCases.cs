using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class PreferJsonbRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("a new column", Severity.Safe, "ALTER TABLE orders ADD COLUMN options json").Advised().Saying("orders.options is json").Cured(Deploy("ALTER TABLE orders ADD COLUMN options jsonb")),
        Flagged("a new table", Severity.Safe, "CREATE TABLE invoices (id bigint PRIMARY KEY, body json)").Advised().Cured(Deploy("CREATE TABLE invoices (id bigint PRIMARY KEY, body jsonb)")),
        Flagged("in capitals", Severity.Safe, "ALTER TABLE orders ADD COLUMN options JSON NOT NULL DEFAULT '{}'").Advised().Cured(Deploy("ALTER TABLE orders ADD COLUMN options jsonb NOT NULL DEFAULT '{}'")),
        Allowed("nobody asked", "ALTER TABLE orders ADD COLUMN options json"),
        Allowed("the other type", "ALTER TABLE orders ADD COLUMN options jsonb").Advised(),
        Allowed("another engine", "ALTER TABLE orders ADD COLUMN options json").On("mysql").Advised(),
        Allowed("another column of a table that has one", "ALTER TABLE orders ADD COLUMN memo text").Advised(),
    ];
}
