using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class RenameSequenceRuleCases
{
    private const string Seq = "CREATE SEQUENCE order_seq";

    public static IEnumerable<RuleCase> All =>
    [
        Flagged("a sequence of keys", Severity.Dangerous, "ALTER SEQUENCE order_seq RENAME TO order_numbers").After(Seq).Saying("takes its keys from order_seq and fails").Cured(LeftOut),
        Flagged("into another schema", Severity.Dangerous, "ALTER SEQUENCE order_seq SET SCHEMA archive").After($"{Seq}; CREATE SCHEMA archive").Saying("becomes archive.order_seq").Cured(LeftOut),
        Flagged("if it exists", Severity.Dangerous, "ALTER SEQUENCE IF EXISTS order_seq RENAME TO order_numbers").After(Seq).Cured(LeftOut),
        Allowed("the sequence is new", "CREATE SEQUENCE invoice_seq; ALTER SEQUENCE invoice_seq RENAME TO invoice_numbers"),
        Allowed("another sequence is created", "CREATE SEQUENCE invoice_seq").After(Seq),
        Allowed("only its steps change", "ALTER SEQUENCE order_seq INCREMENT BY 10").After(Seq),
    ];
}
