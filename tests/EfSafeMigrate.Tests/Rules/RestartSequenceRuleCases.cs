using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class RestartSequenceRuleCases
{
    private const string Seq = "CREATE SEQUENCE order_seq START WITH 5; SELECT setval('order_seq', 900)";

    public static IEnumerable<RuleCase> All =>
    [
        Flagged("from its first number", Severity.Dangerous, "ALTER SEQUENCE order_seq RESTART").After(Seq).Saying("starts again from its first number").Cured(LeftOut),
        Flagged("at a number", Severity.Careful, "ALTER SEQUENCE order_seq RESTART WITH 7").After(Seq).Saying("continues at 7").Cured(LeftOut),
        FlaggedOperations("as EF says it", Severity.Dangerous, new RestartSequence(null, "order_seq")).After(Seq).Cured(LeftOut),
        Flagged("another engine", Severity.Careful, "ALTER SEQUENCE order_seq RESTART 7").On("mariadb").After("CREATE SEQUENCE order_seq").Cured(LeftOut),
        Allowed("the sequence is new", "CREATE SEQUENCE invoice_seq; ALTER SEQUENCE invoice_seq RESTART WITH 100"),
        Allowed("only its steps change", "ALTER SEQUENCE order_seq INCREMENT BY 10").After(Seq),
        Allowed("another sequence is created", "CREATE SEQUENCE invoice_seq").After(Seq),
    ];
}
