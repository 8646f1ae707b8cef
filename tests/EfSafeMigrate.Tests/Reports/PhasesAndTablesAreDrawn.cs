using System.Globalization;
using System.Xml.Linq;
using EfSafeMigrate.Reports;
using EfSafeMigrate.Tests.Documents;
using EfSafeMigrate.Tests.Plans;

namespace EfSafeMigrate.Tests.Reports;

/// <summary>Nothing of a drawing is cut off, and no box stands on another.</summary>
public class PhasesAndTablesAreDrawn
{
    public static TheoryData<string> Cases => [.. PlanCases.All.Select(each => each.Name)];

    [Theory, MemberData(nameof(Cases))]
    public void WithinTheirFrames(string name)
    {
        var dossier = Dossiers.Named(name);
        var page = XDocument.Parse(HtmlReport.Of(dossier.Review));
        var phases = Drawing(page, "phases").ShouldNotBeNull();

        foreach (var migration in dossier.Migrations)
        {
            phases.Value.ShouldContain(PlainText.Cut(migration.Migration.Name, 34));
        }
        foreach (var svg in new[] { phases, Drawing(page, "tables") }.OfType<XElement>())
        {
            var frame = svg.Attribute("viewBox")!.Value.Split(' ').Select(Number).ToArray();
            var boxes = svg.Elements("rect").Select(Box).ToArray();
            boxes.ShouldNotBeEmpty();
            boxes.ShouldAllBe(box => box.Left >= 0 && box.Top >= 0 && box.Right <= frame[2] && box.Bottom <= frame[3]);
            boxes.SelectMany((one, at) => boxes.Skip(at + 1).Where(other => one.Left < other.Right && other.Left < one.Right && one.Top < other.Bottom && other.Top < one.Bottom)).ShouldBeEmpty();
            svg.Elements("text").ShouldAllBe(text => Number(text.Attribute("x")!.Value) <= frame[2] && Number(text.Attribute("y")!.Value) <= frame[3]);
        }
    }

    [Fact]
    public void WithWhatComesAndGoes()
    {
        var tables = Drawing(XDocument.Parse(HtmlReport.Of(Dossiers.Of(PlanCases.Named("rename a required column")).Review)), "tables").ShouldNotBeNull();

        tables.Elements("text").Where(text => text.Attribute("class")!.Value == "new").Select(text => text.Elements("title").Single().Value).ShouldContain(text => text.StartsWith("+ FullName", StringComparison.Ordinal));
        tables.Elements("text").Where(text => text.Attribute("class")!.Value == "gone").Select(text => text.Elements("title").Single().Value).ShouldContain(text => text.StartsWith("− Name", StringComparison.Ordinal));
    }

    /// <summary>Ordinary migrations have no phases to be drawn.</summary>
    [Fact]
    public void OnlyWhereThereAreAny()
    {
        var page = XDocument.Parse(HtmlReport.Of(Reviews.Shop()));

        Drawing(page, "phases").ShouldBeNull();
        Drawing(page, "tables").ShouldNotBeNull().Value.ShouldContain("customers");
        Drawing(XDocument.Parse(HtmlReport.Of(Reviews.Empty())), "tables").ShouldBeNull();
    }

    private static XElement? Drawing(XDocument page, string id) => page.Descendants("svg").SingleOrDefault(svg => svg.Attribute("aria-labelledby")!.Value == $"{id}-t");

    private static (double Left, double Top, double Right, double Bottom) Box(XElement rect)
    {
        double At(string name) => Number(rect.Attribute(name)!.Value);
        return (At("x"), At("y"), At("x") + At("width"), At("y") + At("height"));
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
