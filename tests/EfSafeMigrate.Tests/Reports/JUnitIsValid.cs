using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using EfSafeMigrate.Reports;
using EfSafeMigrate.Rules;

namespace EfSafeMigrate.Tests.Reports;

public class JUnitIsValid
{
    [Fact]
    public void ByJenkinssSchemaWhateverTheNames()
    {
        foreach (var review in Reviews.Nasty.Select(Reviews.Named).Prepend(Reviews.Shop()).Append(Reviews.Empty()))
        {
            Faults(JUnitReport.Of(review)).ShouldBeEmpty();
        }
        Faults(JUnitReport.Of(Reviews.Shop()).Replace("<failure", "<fault", StringComparison.Ordinal).Replace("</failure", "</fault", StringComparison.Ordinal)).ShouldNotBeEmpty();
    }

    [Fact]
    public void WithAFailureForWhatFailsTheReview()
    {
        var review = Reviews.Shop();
        var suites = XDocument.Parse(JUnitReport.Of(review)).Root!;

        suites.Elements().Select(suite => suite.Attribute("name")!.Value).ShouldBe(review.Migrations.Select(migration => migration.Migration.Id));
        suites.Descendants("failure").Count().ShouldBe(review.Findings.Count(review.Fails));
        suites.Attribute("failures")!.Value.ShouldBe($"{review.Findings.Count(review.Fails)}");
        suites.Descendants("skipped").Single().Value.ShouldStartWith("accepted: nobody reads it");
        suites.Elements().First().Elements().Count().ShouldBe(1);
        suites.Elements().First().Descendants("failure").ShouldBeEmpty();
    }

    [Fact]
    public void WithMoreFailuresAtALowerThreshold()
    {
        var review = Reviews.Shop();
        var milder = review with { Migrations = [.. review.Migrations.Select(migration => migration with { Findings = [.. migration.Findings.Select(finding => finding with { Severity = Severity.Careful, NeedsWaiver = false })] })] };

        Failures(milder with { FailOn = Severity.Careful }).ShouldBe(Failures(review));
        Failures(milder).ShouldBe(0);
        Failures(review with { FailOn = null }).ShouldBe(0);
    }

    [Fact]
    public void WithNoTwoCasesOfOneName() =>
        XDocument.Parse(JUnitReport.Of(Reviews.Large(500))).Descendants("testcase").Select(each => each.Attribute("name")!.Value).ShouldBeUnique();

    private static int Failures(Review review) => XDocument.Parse(JUnitReport.Of(review)).Descendants("failure").Count();

    private static List<string> Faults(string xml)
    {
        var faults = new List<string>();
        var settings = new XmlReaderSettings { ValidationType = ValidationType.Schema, ValidationFlags = XmlSchemaValidationFlags.ReportValidationWarnings };
        using var schema = XmlReader.Create(new StringReader(Data.Text(Path.Combine("Schemas", "junit.xsd"))));
        settings.Schemas.Add(null, schema);
        settings.ValidationEventHandler += (_, fault) => faults.Add(fault.Message);
        using var reader = XmlReader.Create(new StringReader(xml), settings);
        while (reader.Read())
        {
        }
        return faults;
    }
}
