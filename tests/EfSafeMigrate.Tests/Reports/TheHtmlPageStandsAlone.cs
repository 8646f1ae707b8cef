using System.Text.RegularExpressions;
using System.Xml.Linq;
using EfSafeMigrate.Reports;

namespace EfSafeMigrate.Tests.Reports;

public partial class TheHtmlPageStandsAlone
{
    private static readonly string[] Loading = ["script", "link", "img", "iframe", "object", "embed", "base", "use", "image", "form", "audio", "video", "source"];
    private static readonly string[] Void = ["meta", "br", "hr"];

    [Fact]
    public void AndIsWellFormedWhateverTheNames()
    {
        var shape = Shape(Page(Reviews.Named("plain")));
        foreach (var nasty in Reviews.Nasty)
        {
            var page = Page(Reviews.Named(nasty));

            Shape(page).ShouldBe(shape, nasty);
            page.Value.ShouldContain(PlainText.Line(nasty), customMessage: nasty);
        }
    }

    [Fact]
    public void AndLoadsNothing()
    {
        foreach (var review in new[] { Reviews.Shop(), Reviews.Empty(), Reviews.Named("<script src='https://example.org/x.js'></script>") })
        {
            var page = Page(review);

            page.Descendants().Select(element => element.Name.LocalName).Intersect(Loading).ShouldBeEmpty();
            page.Descendants().Attributes().Where(attribute => attribute.Name.LocalName is "src" or "srcset" or "action" or "data" || attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal)).ShouldBeEmpty();
            page.Descendants().Attributes().Where(attribute => attribute.Value.Contains("url(", StringComparison.Ordinal)).ShouldAllBe(attribute => attribute.Value.StartsWith("url(#", StringComparison.Ordinal));
            var style = page.Descendants("style").Single().Value;
            style.ShouldNotContain("url(");
            style.ShouldNotContain("@import");
        }
    }

    /// <summary>What XML escapes, a browser reads as it stands in a style; and an empty element ends only when it says so.</summary>
    [Fact]
    public void AndReadsTheSameToABrowser()
    {
        var html = HtmlReport.Of(Reviews.WithCode());

        html.ShouldStartWith("<!DOCTYPE html>\n<html lang=\"en\">");
        html[html.IndexOf("<style>", StringComparison.Ordinal)..html.IndexOf("</style>", StringComparison.Ordinal)].ShouldNotContain("&");
        var beyond = Drawing().Replace(html, "");
        SelfClosed().Matches(beyond).Select(match => match.Groups["name"].Value).ShouldAllBe(name => Void.Contains(name));
    }

    [Fact]
    public void AndEveryReferenceInItLeadsSomewhere()
    {
        var page = Page(Reviews.WithCode());
        var ids = page.Descendants().Attributes("id").Select(attribute => attribute.Value).ToArray();

        ids.ShouldBeUnique();
        page.Descendants("a").Attributes("href").Where(link => link.Value.StartsWith('#')).ShouldAllBe(link => ids.Contains(link.Value.Substring(1)));
        page.Descendants("svg").ShouldNotBeEmpty();
        page.Descendants("svg").SelectMany(svg => svg.Attribute("aria-labelledby")!.Value.Split(' ')).ShouldAllBe(id => ids.Contains(id));
        page.Descendants().Attributes("fill").ShouldAllBe(fill => ids.Contains(fill.Value.Substring(5).TrimEnd(')')));
    }

    [Fact]
    public void AndIsNotEndlessForManyFindings() => Page(Reviews.Large(10_000)).Descendants("article").Count().ShouldBe(10_000);

    private static XElement Page(Review review) => XDocument.Parse(HtmlReport.Of(review)).Root!;

    /// <summary>Without the drawing, whose bars hold their lock's name where it fits.</summary>
    private static string Shape(XElement page) =>
        string.Join(' ', page.Descendants().Where(element => !element.Ancestors("svg").Any()).Select(element => element.Name.LocalName));

    [GeneratedRegex("<svg.*?</svg>", RegexOptions.Singleline)]
    private static partial Regex Drawing();

    [GeneratedRegex("<(?<name>[a-z0-9]+)(?: [^<>]*)?/>")]
    private static partial Regex SelfClosed();
}
