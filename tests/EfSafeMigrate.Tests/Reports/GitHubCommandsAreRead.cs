using EfSafeMigrate.Changes;
using EfSafeMigrate.Reports;

namespace EfSafeMigrate.Tests.Reports;

/// <summary>As a runner of GitHub Actions reads a step's output: one command a line, with properties and data unescaped.</summary>
public class GitHubCommandsAreRead
{
    [Fact]
    public void WhateverTheNames()
    {
        foreach (var review in Reviews.Nasty.Select(Reviews.Named).Prepend(Reviews.Shop()))
        {
            var commands = Read(GitHubReport.Of(review));
            commands.Select(command => command.Properties["title"]).ShouldBe(review.Gravest().Select(finding => finding.Rule));
            commands.Zip(review.Gravest()).ShouldAllBe(pair => pair.First.Data.Contains(PlainText.Line(pair.Second.Message), StringComparison.Ordinal));
        }
    }

    [Fact]
    public void WithPercentAndItsLikeUnescapedOnce()
    {
        var command = Read(GitHubReport.Of(Reviews.Named("a:b,c=d %0A 100%25 \r\n %3A"))).First();

        command.Data.Split('\n').ShouldBe(["a:b,c=d %0A 100%25 %3A", "a:b,c=d %0A 100%25 %3A", "→ a:b,c=d %0A 100%25 %3A"]);
        command.Properties["file"].ShouldBe("src/Shop/Migrations/a:b,c=d %0A 100%25 %3A.cs");
    }

    [Fact]
    public void WithPlaces()
    {
        var command = Read(GitHubReport.Of(Reviews.Shop())).Single(command => command.Properties["title"] == "create-index-blocking");

        command.Name.ShouldBe("error");
        command.Properties.ShouldBe(new Dictionary<string, string> { ["file"] = "src/Shop/Migrations/20261121083000_TidyOrders.cs", ["line"] = "18", ["col"] = "13", ["title"] = "create-index-blocking" }, ignoreOrder: true);
    }

    [Fact]
    public void WithTheGravestFirst() =>
        Read(GitHubReport.Of(Reviews.Large(50))).Select(command => command.Name).ShouldBeInOrder(SortDirection.Ascending, Comparer<string>.Create((left, right) => Rank(left).CompareTo(Rank(right))));

    [Fact]
    public void WithAWordOnThoseThatGitHubDoesNotShow()
    {
        GitHubReport.Of(Reviews.Large(50)).ShouldContain("GitHub shows 10 of ");
        GitHubReport.Of(Reviews.Shop()).ShouldNotContain("GitHub shows");
    }

    [Fact]
    public void NotWhenNothingIsToBeSaid() => GitHubReport.Of(Reviews.Empty()).ShouldBe("nothing to worry about\n");

    [Fact]
    public void WithoutAPlaceForStandardInput()
    {
        var review = Reviews.Shop();
        var nowhere = review with { Migrations = [review.Migrations[1] with { Findings = [review.Migrations[1].Findings[0] with { Origin = new Origin("-", 0, "Sql") { File = ReviewedFolder.StandardInput, Line = 3 } }] }] };

        Read(GitHubReport.Of(nowhere)).Single().Properties.Keys.ShouldNotContain("file");
    }

    private static int Rank(string name) => Array.IndexOf(["error", "warning", "notice"], name);

    private static List<Command> Read(string output) =>
        [.. output.Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.TrimStart().StartsWith("::", StringComparison.Ordinal)).Select(Parse)];

    private static Command Parse(string line)
    {
        var end = line.IndexOf("::", 2, StringComparison.Ordinal);
        var head = line[2..end];
        var space = head.IndexOf(' ', StringComparison.Ordinal);
        var properties = head[(space + 1)..].Split(',').Select(property => property.Split('=', 2)).ToDictionary(pair => pair[0], pair => Unescaped(pair[1], inProperty: true));
        return new(head[..space], properties, Unescaped(line[(end + 2)..], inProperty: false));
    }

    private static string Unescaped(string text, bool inProperty)
    {
        var read = text.Replace("%0D", "\r", StringComparison.Ordinal).Replace("%0A", "\n", StringComparison.Ordinal);
        read = inProperty ? read.Replace("%3A", ":", StringComparison.Ordinal).Replace("%2C", ",", StringComparison.Ordinal) : read;
        return read.Replace("%25", "%", StringComparison.Ordinal);
    }

    private sealed record Command(string Name, IReadOnlyDictionary<string, string> Properties, string Data);
}
