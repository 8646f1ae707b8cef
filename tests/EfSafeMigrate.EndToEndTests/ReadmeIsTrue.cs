namespace EfSafeMigrate.EndToEndTests;

/// <summary>The report in the README is the approved report of the sample, so it cannot lie.</summary>
public sealed class ReadmeIsTrue
{
    [Fact]
    public void ShowsTheReportOfTheLibrary()
    {
        var report = File.ReadAllText(Path.Combine(InstalledTool.Repository, "tests", "EfSafeMigrate.EndToEndTests", "Approved", "Library.txt"));
        var readme = Path.Combine(InstalledTool.Repository, "README.md");
        const string start = "$ dotnet safe-migrate review\n";
        var text = File.ReadAllText(readme).ReplaceLineEndings("\n");
        var from = text.IndexOf(start, StringComparison.Ordinal) + start.Length;
        var to = text.IndexOf("```", from, StringComparison.Ordinal);
        var shown = text[..from] + report.ReplaceLineEndings("\n") + text[to..];

        if (Environment.GetEnvironmentVariable("UPDATE_APPROVED") == "1")
        {
            File.WriteAllText(readme, shown);
            return;
        }
        text.ShouldBe(shown, "the README's report is stale; UPDATE_APPROVED=1 writes it");
    }
}
