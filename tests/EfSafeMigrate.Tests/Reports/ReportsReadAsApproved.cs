using EfSafeMigrate.Reports;

namespace EfSafeMigrate.Tests.Reports;

/// <summary>One review in every format; UPDATE_APPROVED=1 writes them.</summary>
public class ReportsReadAsApproved
{
    public static TheoryData<string> Formats => [.. ReviewFormat.All.Select(format => format.Name)];

    [Theory, MemberData(nameof(Formats))]
    public void InEachFormat(string format) => Approved(format, Reviews.Shop(), "shop");

    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    [InlineData("markdown")]
    [InlineData("html")]
    public void WithWhatTheCodeUses(string format) => Approved(format, Reviews.WithCode(), "code");

    [Theory, MemberData(nameof(Formats))]
    public void WithNothingToSay(string format) => Approved(format, Reviews.Empty(), "empty");

    [Theory, MemberData(nameof(Formats))]
    public void WithoutAnythingMadeUpOnTheWay(string format)
    {
        var write = ReviewFormat.Named(format, "").Write;

        write(Reviews.Shop()).ShouldBe(write(Reviews.Shop()));
        Should.NotThrow(() => Reviews.Nasty.Select(Reviews.Named).Select(write).ToArray());
    }

    private static void Approved(string format, Review review, string name)
    {
        var text = ReviewFormat.Named(format, "").Write(review).Replace(Reviews.Root.Replace("\\", "\\\\", StringComparison.Ordinal), "/repository", StringComparison.Ordinal).Replace(Reviews.Root, "/repository", StringComparison.Ordinal);
        Approval.Check($"tests/EfSafeMigrate.Tests/Reports/Approved/{name}.{Extension(format)}", text.Replace(typeof(Review).Assembly.GetName().Version!.ToString(3), "0.0.0", StringComparison.Ordinal), "UPDATE_APPROVED");
    }

    private static string Extension(string format) => format switch
    {
        "text" => "txt",
        "markdown" => "md",
        "sarif" => "sarif.json",
        "gitlab" => "gitlab.json",
        "github" or "msbuild" => $"{format}.txt",
        "junit" => "junit.xml",
        _ => format,
    };
}
