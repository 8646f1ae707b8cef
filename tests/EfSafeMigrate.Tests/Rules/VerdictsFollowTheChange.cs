using System.Text.Json;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Rules;
using EfSafeMigrate.Sql;
using EfSafeMigrate.Tests.Sql;

namespace EfSafeMigrate.Tests.Rules;

/// <summary>A verdict is about the change, not about how its SQL is written or what the tables are called.</summary>
public class VerdictsFollowTheChange
{
    private static readonly int Variants = Environment.GetEnvironmentVariable("SAFE_MIGRATE_FULL") == "1" ? 120 : 12;

    public static TheoryData<string> CaseIds => [.. CorpusIsJudged.All().Select(CorpusIsJudged.Id)];

    [Theory, MemberData(nameof(CaseIds))]
    public void And_not_its_spelling(string id)
    {
        var @case = CorpusIsJudged.All().Single(each => CorpusIsJudged.Id(each) == id);
        var (sql, setup) = (CorpusIsJudged.Text(@case, "sql"), CorpusIsJudged.Setup(@case));
        var dialect = SqlDialect.Of(CorpusIsJudged.Text(@case, "engine"));
        var expected = Verdict(CorpusIsJudged.Judge(@case));
        for (var seed = 0; seed < Variants; seed++)
        {
            var disguise = new Disguise(dialect, $"{setup}\n;{sql}", seed);
            var written = new List<string>();
            var findings = CorpusIsJudged.Judge(@case, text =>
            {
                written.Add(disguise.Write(text));
                return written[^1];
            });
            (Verdict(findings) == expected).ShouldBeTrue(
                $"{Verdict(findings)} instead of {expected}, variant {seed}:\n{written[^1]}\n— of —\n{sql}\n{string.Join('\n', findings.Select(FindingText.Of))}\n— on —\n{written[0]}");
            written[^1].ShouldNotBe(sql);
        }
    }

    private static string Verdict(IReadOnlyList<Finding> findings) =>
        $"{findings.Select(finding => finding.Severity).DefaultIfEmpty(Severity.Safe).Max()}: {string.Join(' ', findings.Select(finding => finding.Rule).Distinct().Order(StringComparer.Ordinal))}";
}
