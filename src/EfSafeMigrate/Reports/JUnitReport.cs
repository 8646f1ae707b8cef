using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using EfSafeMigrate.Rules;

namespace EfSafeMigrate.Reports;

/// <summary>JUnit's XML: a suite for each migration, a failure for each finding that fails the review.</summary>
internal static class JUnitReport
{
    public static string Of(Review review)
    {
        var suites = review.Migrations.Select(migration => Suite(review, migration)).ToArray();
        var root = new XElement("testsuites", new XAttribute("name", Clean(Headline.Subject(review))), Count("tests", suites), Count("failures", suites), new XAttribute("errors", 0), suites);
        var text = new StringBuilder();
        using (var writer = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, NewLineChars = "\n", OmitXmlDeclaration = true, NewLineHandling = NewLineHandling.None }))
        {
            root.Save(writer);
        }
        return $"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{text}\n";
    }

    private static XElement Suite(Review review, ReviewedMigration migration)
    {
        var seen = new Dictionary<string, int>();
        var id = Clean(migration.Migration.Id);
        var cases = migration.Findings.Select(finding => Case(review, id, finding, seen)).ToArray();
        if (cases.Length == 0)
        {
            cases = [new("testcase", new XAttribute("name", "has nothing to worry about"), new XAttribute("classname", id))];
        }
        return new(
            "testsuite", new XAttribute("name", id), new XAttribute("tests", cases.Length),
            new XAttribute("failures", cases.Count(each => each.Element("failure") is not null)), new XAttribute("errors", 0),
            new XAttribute("skipped", cases.Count(each => each.Element("skipped") is not null)), cases);
    }

    private static XElement Case(Review review, string migration, Finding finding, Dictionary<string, int> seen)
    {
        var about = finding.Table is null ? "" : finding.Column is null ? $" {finding.Table}" : $" {finding.Table}.{finding.Column}";
        var name = Clean($"{finding.Rule}{about}");
        var number = seen[name] = seen.GetValueOrDefault(name) + 1;
        return new(
            "testcase", new XAttribute("name", number == 1 ? name : $"{name} ({number})"), new XAttribute("classname", migration), Outcome(review, finding));
    }

    private static XElement Outcome(Review review, Finding finding) =>
        finding.Waiver is { } waiver ? new("skipped", Clean($"accepted: {waiver.Reason}\n{Text(review, finding)}"))
        : review.Fails(finding) ? new("failure", new XAttribute("type", Headline.Word(finding.Severity)), new XAttribute("message", Clean(PlainText.Line(finding.Message))), Clean(Text(review, finding)))
        : new("system-out", Clean($"{Headline.Word(finding.Severity)}: {Text(review, finding)}"));

    private static string Text(Review review, Finding finding)
    {
        var place = Place.Of(finding, review.Folder).Spoken;
        return string.Join('\n', new[] { finding.Message, finding.Evidence, $"→ {finding.Cure.Advice}", place }.OfType<string>().Select(PlainText.Line));
    }

    private static XAttribute Count(string name, IEnumerable<XElement> suites) =>
        new(name, suites.Sum(suite => int.Parse(suite.Attribute(name)!.Value, CultureInfo.InvariantCulture)));

    private static string Clean(string text) => PlainText.Lines(text);
}
