using EfSafeMigrate.Changes;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class PreferTextRuleCases
{
    public static IEnumerable<RuleCase> All => Cases.Select(@case => @case.Advised());

    private static IEnumerable<RuleCase> Cases =>
    [
        Flagged("a limit", Severity.Safe, "ALTER TABLE orders ADD COLUMN memo varchar(20)").Saying("orders.memo (varchar(20)) has its limit in the type")
            .Cured(Deploy("ALTER TABLE orders ADD COLUMN memo text")),
        Flagged("two of them", Severity.Safe, "CREATE TABLE invoices (id bigint PRIMARY KEY, a character varying(5), b varchar (7))").Saying("Each of invoices.a (character varying(5)) and invoices.b (varchar(7))")
            .Cured(Deploy("CREATE TABLE invoices (id bigint PRIMARY KEY, a text, b text CHECK (length(b) <= 7))")),
        Flagged("a type is changed to it", Severity.Safe, "ALTER TABLE orders ALTER COLUMN code TYPE varchar(40)")
            .Cured(Deploy("ALTER TABLE orders ALTER COLUMN code TYPE text")),
        Allowed("no limit", "ALTER TABLE orders ADD COLUMN memo varchar"),
        Allowed("text", "CREATE TABLE invoices (id bigint PRIMARY KEY, a text CHECK (length(a) <= 5))"),
        Allowed("another engine", "ALTER TABLE orders ADD COLUMN memo varchar(20)").On(Sqlite),
    ];
}
