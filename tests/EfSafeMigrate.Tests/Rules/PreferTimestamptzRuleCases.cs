using EfSafeMigrate.Changes;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class PreferTimestamptzRuleCases
{
    public static IEnumerable<RuleCase> All => Cases.Select(@case => @case.Advised());

    private static IEnumerable<RuleCase> Cases =>
    [
        Flagged("a moment", Severity.Safe, "ALTER TABLE orders ADD COLUMN shipped_at timestamp without time zone").Saying("orders.shipped_at (timestamp without time zone) keeps a clock's reading")
            .Cured(Deploy("ALTER TABLE orders ADD COLUMN shipped_at timestamptz")),
        Flagged("with a precision", Severity.Safe, "CREATE TABLE invoices (id bigint PRIMARY KEY, sent timestamp(3))")
            .Cured(Deploy("CREATE TABLE invoices (id bigint PRIMARY KEY, sent timestamptz(3))")),
        Flagged("a type is changed to it", Severity.Safe, "CREATE TABLE parcels (id bigint PRIMARY KEY, sent date); ALTER TABLE parcels ALTER COLUMN sent TYPE timestamp")
            .Cured(Deploy("CREATE TABLE parcels (id bigint PRIMARY KEY, sent date); ALTER TABLE parcels ALTER COLUMN sent TYPE timestamptz")),
        Allowed("with its zone", "ALTER TABLE orders ADD COLUMN shipped_at timestamp with time zone"),
        Allowed("a day", "ALTER TABLE orders ADD COLUMN shipped_on date"),
        Allowed("the time of day", "ALTER TABLE orders ADD COLUMN opens time"),
    ];
}
