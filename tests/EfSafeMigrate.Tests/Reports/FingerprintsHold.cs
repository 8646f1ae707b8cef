using EfSafeMigrate.Reports;
using EfSafeMigrate.Rules;

namespace EfSafeMigrate.Tests.Reports;

public class FingerprintsHold
{
    private readonly Review review = Reviews.Shop();

    [Fact]
    public void NoTwoAreEqual() =>
        Fingerprints.Of(Reviews.Large(10_000)).Select(each => each.Fingerprint).Distinct().Count().ShouldBe(10_000);

    [Fact]
    public void WhenLinesMoveAndSizesChange() =>
        Of(With(finding => finding with
        {
            Message = finding.Message + " otherwise",
            Origin = finding.Origin with { File = "Elsewhere/a.cs", Line = 7 + finding.Origin.Line, Column = null, Operation = finding.Origin.Operation + 3 },
        })).ShouldBe(Of(review));

    [Fact]
    public void WhenAnotherRuleSpeaksBefore() => Of(review)[1..].ShouldBe(Of(review with { Migrations = [.. review.Migrations.Select((migration, at) => at == FirstAt ? migration with { Findings = [.. migration.Findings.Skip(1)] } : migration)] }));

    [Fact]
    public void OnlyForTheSameTable() =>
        Of(With(finding => finding with { Table = new(null, "others") })).Intersect(Of(review)).ShouldBeEmpty();

    private int FirstAt => review.Migrations.Select((migration, at) => (migration, at)).First(each => each.migration.Findings.Count > 0).at;

    private Review With(Func<Finding, Finding> change) =>
        review with { Migrations = [.. review.Migrations.Select(migration => migration with { Findings = [.. migration.Findings.Select(change)] })] };

    private static string[] Of(Review review) => [.. Fingerprints.Of(review).Select(each => each.Fingerprint)];
}
