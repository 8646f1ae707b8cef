using EfSafeMigrate.Changes;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class DataAlignmentRuleCases
{
    public static IEnumerable<RuleCase> All => Cases.Select(@case => @case.Advised());

    private static IEnumerable<RuleCase> Cases =>
    [
        Flagged("flags between numbers", Severity.Safe, "CREATE TABLE invoices (paid boolean, id bigint PRIMARY KEY, sent boolean, total bigint)").Saying("14 bytes of each row of invoices hold nothing")
            .Cured(Deploy("CREATE TABLE invoices (id bigint PRIMARY KEY, total bigint, paid boolean, sent boolean)")),
        Flagged("small in front of wide", Severity.Safe, "CREATE TABLE invoices (id integer, sent timestamptz, kind smallint, due timestamptz, n text)")
            .Cured(Deploy("CREATE TABLE invoices (sent timestamptz, due timestamptz, id integer, kind smallint, n text)")),
        Flagged("behind text nobody knows", Severity.Safe, "CREATE TABLE invoices (n text, a smallint, b bigint, c boolean, d double precision)")
            .Cured(Deploy("CREATE TABLE invoices (b bigint, d double precision, a smallint, c boolean, n text)")),
        Allowed("the widest first", "CREATE TABLE invoices (id bigint PRIMARY KEY, total bigint, paid boolean, sent boolean)"),
        Allowed("less than eight bytes", "CREATE TABLE invoices (id integer PRIMARY KEY, total bigint, n text)"),
        Allowed("another engine", "CREATE TABLE invoices (paid boolean, id bigint PRIMARY KEY, sent boolean, total bigint)").On(Sqlite),
    ];
}
