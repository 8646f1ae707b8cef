using EfSafeMigrate.Changes;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class BanCharRuleCases
{
    public static IEnumerable<RuleCase> All => Cases.Select(@case => @case.Advised());

    private static IEnumerable<RuleCase> Cases =>
    [
        Flagged("a code", Severity.Safe, "ALTER TABLE orders ADD COLUMN iso char(3)").Saying("orders.iso (char(3)) is filled up with spaces")
            .Cured(Deploy("ALTER TABLE orders ADD COLUMN iso text")),
        Flagged("without a length", Severity.Safe, "CREATE TABLE invoices (id bigint PRIMARY KEY, sign character)")
            .Cured(Deploy("CREATE TABLE invoices (id bigint PRIMARY KEY, sign text)")),
        Flagged("by its own name", Severity.Safe, "CREATE TABLE invoices (id bigint PRIMARY KEY, sign bpchar(2))")
            .Cured(Deploy("CREATE TABLE invoices (id bigint PRIMARY KEY, sign text)")),
        Allowed("it varies", "ALTER TABLE orders ADD COLUMN iso character varying(3)"),
        Allowed("one byte", "ALTER TABLE orders ADD COLUMN kind \"char\""),
        Allowed("another engine", "ALTER TABLE orders ADD COLUMN iso char(3)").On(Sqlite),
    ];
}
