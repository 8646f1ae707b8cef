using System.Text.Json;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Reports;

namespace EfSafeMigrate.Tests.Reports;

public class SarifIsValid
{
    [Fact]
    public void ByItsSchemaWhateverTheNames()
    {
        foreach (var review in Reviews.Nasty.Select(Reviews.Named).Prepend(Reviews.Shop()).Append(Reviews.Empty()))
        {
            Schemas.Sarif.ShouldAccept(SarifReport.Of(review));
        }
        Schemas.Sarif.Validate(SarifReport.Of(Reviews.Shop()).Replace("\"startLine\"", "\"firstLine\"", StringComparison.Ordinal)).ShouldNotBeEmpty();
        Schemas.Sarif.Validate(SarifReport.Of(Reviews.Shop()).Replace("\"level\": \"error\"", "\"level\": \"fatal\"", StringComparison.Ordinal)).ShouldNotBeEmpty();
    }

    [Fact]
    public void WithPlacesFromTheRootOfTheRepository()
    {
        var place = Result("create-index-blocking").GetProperty("locations")[0].GetProperty("physicalLocation");

        place.GetProperty("artifactLocation").GetProperty("uri").GetString().ShouldBe("src/Shop/Migrations/20261121083000_TidyOrders.cs");
        place.GetProperty("artifactLocation").GetProperty("uriBaseId").GetString().ShouldBe("%SRCROOT%");
        place.GetProperty("region").GetProperty("startLine").GetInt32().ShouldBe(18);
        place.GetProperty("region").GetProperty("startColumn").GetInt32().ShouldBe(13);
    }

    [Fact]
    public void WithTheSnapshotForModelChanges() =>
        Result("drop-column").GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("artifactLocation").GetProperty("uri").GetString()
            .ShouldBe("src/Shop/Migrations/ShopContextModelSnapshot.cs");

    [Fact]
    public void WithWhatIsWaivedSuppressed()
    {
        var suppression = Result("drop-table").GetProperty("suppressions")[0];

        (suppression.GetProperty("kind").GetString(), suppression.GetProperty("justification").GetString()).ShouldBe(("inSource", "nobody reads it"));
        Result("drop-column").GetProperty("suppressions").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public void WithARuleForEachResult()
    {
        using var document = JsonDocument.Parse(SarifReport.Of(Reviews.Shop()));
        var run = document.RootElement.GetProperty("runs")[0];
        var rules = run.GetProperty("tool").GetProperty("driver").GetProperty("rules");

        foreach (var result in run.GetProperty("results").EnumerateArray())
        {
            var rule = rules[result.GetProperty("ruleIndex").GetInt32()];
            rule.GetProperty("id").GetString().ShouldBe(result.GetProperty("ruleId").GetString());
            rule.GetProperty("help").GetProperty("text").GetString().ShouldNotBeNullOrEmpty();
        }
        run.GetProperty("invocations")[0].GetProperty("exitCode").GetInt32().ShouldBe(1);
    }

    [Fact]
    public void WithEscapedPaths()
    {
        var review = Reviews.Shop();
        var spaced = review with { Migrations = [.. review.Migrations.Select(migration => migration with { Findings = [.. migration.Findings.Select(finding => finding with { Origin = finding.Origin with { File = "Mi grations/ä#1%.cs" } })] })] };

        SarifReport.Of(spaced).ShouldContain("\"src/Shop/Mi%20grations/%C3%A4%231%25.cs\"");
    }

    [Fact]
    public void WithNoPlaceForStandardInput()
    {
        var review = Reviews.Shop();
        var nowhere = review with { Migrations = [.. review.Migrations.Select(migration => migration with { Findings = [.. migration.Findings.Select(finding => finding with { Origin = new Origin("-", 0, "Sql") { File = ReviewedFolder.StandardInput, Line = 1 } })] })] };

        SarifReport.Of(nowhere).ShouldNotContain("physicalLocation");
    }

    private static JsonElement Result(string rule)
    {
        using var document = JsonDocument.Parse(SarifReport.Of(Reviews.Shop()));
        return document.RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray().First(result => result.GetProperty("ruleId").GetString() == rule).Clone();
    }
}
