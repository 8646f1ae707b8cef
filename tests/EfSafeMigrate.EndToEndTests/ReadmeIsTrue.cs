namespace EfSafeMigrate.EndToEndTests;

/// <summary>The report in the README is the approved report of the sample, up to where it leaves off, so it cannot lie.</summary>
public sealed class ReadmeIsTrue
{
    private const string LeftOut = "  …\n";

    [Fact]
    public void ShowsTheReportOfTheLibrary()
    {
        var report = File.ReadAllText(Path.Combine(InstalledTool.Repository, "tests", "EfSafeMigrate.EndToEndTests", "Approved", "Library.txt")).ReplaceLineEndings("\n");
        const string start = "$ dotnet safe-migrate review\n";
        var text = File.ReadAllText(Path.Combine(InstalledTool.Repository, "README.md")).ReplaceLineEndings("\n");
        var from = text.IndexOf(start, StringComparison.Ordinal) + start.Length;
        var shown = text[from..text.IndexOf("```", from, StringComparison.Ordinal)].Split(LeftOut);

        shown.Length.ShouldBe(2);
        report.ShouldStartWith(shown[0]);
        report.ShouldEndWith(shown[1]);
        shown[0].ShouldContain("✗ ");
        shown[1].ShouldContain("exit 1");
    }
}
