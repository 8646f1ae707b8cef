using System.Text.RegularExpressions;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Reports;

namespace EfSafeMigrate.Tests.Reports;

/// <summary>As MSBuild reads the output of a tool: origin, category, code and text, parted by colons.</summary>
public partial class MsBuildLinesAreRead
{
    [Fact]
    public void WhateverTheNames()
    {
        foreach (var review in Reviews.Nasty.Select(Reviews.Named).Prepend(Reviews.Shop()).Append(Reviews.Large(1_000)))
        {
            var expected = review.Gravest().Where(finding => Levels.Of(finding) > Level.Note).Select(finding => (Levels.Of(finding) == Level.Error ? "error" : "warning", finding.Rule));
            Read(MsBuildReport.Of(review)).Select(line => (line.Category, line.Code)).ShouldBe(expected);
        }
    }

    [Fact]
    public void WithTheFullPathLineAndColumn()
    {
        var line = Read(MsBuildReport.Of(Reviews.Shop())).Single(line => line.Code == "create-index-blocking");

        line.Origin.ShouldBe(Path.Combine(Reviews.Root, "src", "Shop", "Migrations/20261121083000_TidyOrders.cs").Replace('/', Path.DirectorySeparatorChar) + "(18,13)");
        line.Text.ShouldStartWith("Building ix_orders_placed_at on orders");
    }

    [Fact]
    public void WithTheSnapshotForModelChanges() =>
        Read(MsBuildReport.Of(Reviews.Shop())).Single(line => line.Code == "drop-column").Origin.ShouldEndWith("ShopContextModelSnapshot.cs");

    [Fact]
    public void WithTheLineAloneWhereNoColumnIsKnown()
    {
        var review = Reviews.Shop();
        var bare = review with { Migrations = [.. review.Migrations.Select(migration => migration with { Findings = [.. migration.Findings.Select(finding => finding with { Origin = new Origin("m", 0, "Sql") { File = "a.cs", Line = 5 } })] })] };

        Read(MsBuildReport.Of(bare)).ShouldAllBe(line => line.Origin.EndsWith("a.cs(5)", StringComparison.Ordinal));
    }

    [Fact]
    public void NotWhenNothingIsToBeSaid() => MsBuildReport.Of(Reviews.Empty()).ShouldBeEmpty();

    private static List<(string Origin, string Category, string Code, string Text)> Read(string report)
    {
        var lines = new List<(string, string, string, string)>();
        foreach (var line in report.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var match = Canonical().Match(line);
            match.Success.ShouldBeTrue(line);
            line.ShouldAllBe(letter => !char.IsControl(letter));
            lines.Add((match.Groups["origin"].Value.Trim(), match.Groups["category"].Value, match.Groups["code"].Value, match.Groups["text"].Value.Trim()));
        }
        return lines;
    }

    // A drive letter may hold the only colon of the origin; a word that is no code may stand before the category.
    [GeneratedRegex(@"^\s*(?<origin>(?:[A-Za-z]:[^:]*)|(?:[^:]*)):\s*(?<subcategory>[^:]*?\s)??(?<category>error|warning)\s+(?<code>[^: ]+)\s*:(?<text>.*)$")]
    private static partial Regex Canonical();
}
