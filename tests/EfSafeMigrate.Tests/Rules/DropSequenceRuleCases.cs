using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class DropSequenceRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("a sequence of keys", Severity.Dangerous, "DROP SEQUENCE order_seq").After("CREATE SEQUENCE order_seq").Saying("The sequence order_seq is dropped").Cured(LeftOut),
        Flagged("if it exists", Severity.Dangerous, "DROP SEQUENCE IF EXISTS order_seq").After("CREATE SEQUENCE order_seq").Cured(LeftOut),
        FlaggedOperations("as EF says it", Severity.Dangerous, new DropSequence(null, "order_seq")).After("CREATE SEQUENCE order_seq").Cured(LeftOut),
        Flagged("another engine", Severity.Dangerous, "DROP SEQUENCE order_seq").On("mariadb").After("CREATE SEQUENCE order_seq").Cured(LeftOut),
        Allowed("the sequence is new", "CREATE SEQUENCE invoice_seq; DROP SEQUENCE invoice_seq"),
        Allowed("a function that asked it goes too", "DROP FUNCTION next_no(); DROP SEQUENCE order_seq").After("CREATE SEQUENCE order_seq; CREATE FUNCTION next_no() RETURNS bigint LANGUAGE sql AS $$ SELECT nextval('order_seq') $$"),
        Allowed("a sequence is created", "CREATE SEQUENCE invoice_seq"),
    ];
}
