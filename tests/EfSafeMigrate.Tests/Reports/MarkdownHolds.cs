using System.Xml.Linq;
using EfSafeMigrate.Reports;
using Markdig;

namespace EfSafeMigrate.Tests.Reports;

public class MarkdownHolds
{
    private const int GitHubRefusesFrom = 60_000;

    private static readonly MarkdownPipeline GitHub = new MarkdownPipelineBuilder().UsePipeTables().UseEmphasisExtras().UseAutoLinks().UseTaskLists().Build();

    [Fact]
    public void ItsShapeWhateverTheNames()
    {
        var shape = Shape(Rendered(Reviews.Named("plain")));
        shape.ShouldContain("table");
        foreach (var nasty in Reviews.Nasty.Where(text => PlainText.Line(text).Length is > 0 and < 200))
        {
            var page = Rendered(Reviews.Named(nasty));

            Shape(page).ShouldBe(shape, nasty);
            page.Value.ShouldContain(PlainText.Line(nasty), customMessage: nasty);
        }
    }

    [Fact]
    public void ItsShapeWhenThereIsNoName()
    {
        Rendered(Reviews.Named("")).Descendants("h4").Count().ShouldBe(Rendered(Reviews.Named("plain")).Descendants("h4").Count());
        Rendered(Reviews.Empty()).Descendants("table").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("see #12 and !3 by @somebody/team")]
    [InlineData("@somebody")]
    public void NobodyIsCalled(string name)
    {
        var text = MarkdownReport.Of(Reviews.Named(name));

        text.Split('`').Where((_, at) => at % 2 == 0).ShouldAllBe(part => !part.Contains("@s", StringComparison.Ordinal) && !part.Contains("#12", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(20, false)]
    [InlineData(10_000, true)]
    public void BelowWhatACommentMayBe(int findings, bool cut)
    {
        var text = MarkdownReport.Of(Reviews.Large(findings));

        text.Length.ShouldBeLessThan(GitHubRefusesFrom);
        text.Contains("left out here", StringComparison.Ordinal).ShouldBe(cut);
    }

    [Fact]
    public void BelowItWithMuchCode()
    {
        var review = Reviews.WithCode();
        var text = MarkdownReport.Of(review with { CodeUses = review.CodeUses! with { All = [.. Enumerable.Repeat(review.CodeUses.All, 500).SelectMany(each => each)] } });

        text.Length.ShouldBeLessThan(GitHubRefusesFrom);
        text.ShouldContain("- and more, which `dotnet safe-migrate review --impact` shows\n\n</details>");
    }

    [Fact]
    public void BelowItWithLongTextsAndManyMigrations()
    {
        var review = Reviews.Named(new string('`', 5_000) + new string('<', 5_000));
        var many = review with { Migrations = [.. Enumerable.Repeat(review.Migrations, 200).SelectMany(each => each)] };

        MarkdownReport.Of(many).Length.ShouldBeLessThan(GitHubRefusesFrom);
        Rendered(many).Descendants("h4").ShouldNotBeEmpty();
    }

    [Fact]
    public void TheCountOfWhatIsLeftOut()
    {
        var review = Reviews.Large(10_000);
        var text = MarkdownReport.Of(review);

        var shown = review.Gravest().Count(finding => text.Contains($"Number {finding.Message.Split(' ', ':')[1]}:", StringComparison.Ordinal));
        shown.ShouldBeGreaterThan(50);
        text.ShouldContain($"**{review.Gravest().Count - shown} more findings**");
    }

    private static XElement Rendered(Review review) => XElement.Parse($"<page>{Markdig.Markdown.ToHtml(MarkdownReport.Of(review), GitHub)}</page>");

    /// <summary>The elements in order, without those that text may bring along.</summary>
    private static string Shape(XElement page) =>
        string.Join(' ', page.Descendants().Where(element => element.Name.LocalName is not ("span" or "br")).Select(element => element.Name.LocalName));
}
