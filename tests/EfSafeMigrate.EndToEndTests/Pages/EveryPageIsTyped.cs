using System.Text.RegularExpressions;

namespace EfSafeMigrate.EndToEndTests.Pages;

/// <summary>No page shows a command that no test runs.</summary>
public sealed partial class EveryPageIsTyped
{
    /// <summary>Typed as they stand, by tests that read them.</summary>
    private static readonly string[] Typed =
        ["accepting.md", "backfill.md", "backup.md", "docker.md", "large-tables.md", "protected-production.md", "reports.md", "reviewing.md", "rollback.md", "scratch.md", "setting-up.md", "several-contexts.md"];

    /// <summary>Their commands are run with other names, by the tests that stand here.</summary>
    private static readonly Dictionary<string, string[]> Elsewhere = new()
    {
        ["adding.md"] = ["AddingWhatDotnetEfAdds"], ["apply.md"] = ["JournalIsKept"], ["branches.md"] = ["BranchesAreMerged", "AddRefuses"], ["documents.md"] = ["RunbooksAreFollowed"],
        ["drift.md"] = ["DriftIsTold"], ["histories.md"] = ["HistoriesAndContexts"], ["how-it-works.md"] = ["Patterns", "PhasedPlans", "ReviewingSql"], ["impact.md"] = ["ReviewingSamples"],
        ["other-tools.md"] = ["ReviewingOtherTools", "PagesOfARepositoryAreTrue"], ["rehearsal.md"] = ["Rehearsing"], ["scripts.md"] = ["ScriptsEndLikeOneMigration"], ["testing-migrations.md"] = ["TestsComeWithMigrations"],
    };

    private static readonly Dictionary<string, string> Tests = Directory.GetFiles(Path.Combine(InstalledTool.Repository, "tests", "EfSafeMigrate.EndToEndTests"), "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)).ToDictionary(file => Path.GetFileNameWithoutExtension(file), File.ReadAllText);

    [Fact]
    public void OrItsCommandsAreRunElsewhere()
    {
        var pages = Directory.GetFiles(Path.Combine(InstalledTool.Repository, "docs"), "*.md").Select(file => Path.GetFileName(file)!).Where(page => Words(page).Any());
        pages.ShouldBe([.. Typed, .. Elsewhere.Keys], ignoreOrder: true);
    }

    [Fact]
    public void WhatIsTypedIsReadByATest() => Typed.Where(page => !Tests.Any(test => test.Key != nameof(EveryPageIsTyped) && test.Value.Contains($"\"{page}\"", StringComparison.Ordinal))).ShouldBeEmpty();

    /// <summary>Every command and every option of the page stands in what those tests type.</summary>
    [Fact]
    public void WhatIsRunElsewhereIsTheSame() => Elsewhere.SelectMany(page => Words(page.Key).Distinct()
        .Where(word => !page.Value.Any(test => Regex.IsMatch(Tests[test], $"""[" ]{Regex.Escape(word)}[" ]"""))).Select(word => $"{page.Key}: {word}")).ShouldBeEmpty();

    private static IEnumerable<string> Words(string page) => HowToPage.Commands(HowToPage.Read(page)).SelectMany(command => Call().Matches(command))
        .SelectMany(call => call.Groups["words"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where((word, at) => at == 0 || word.StartsWith("--", StringComparison.Ordinal)));

    [GeneratedRegex(@"dotnet safe-migrate (?<words>[^\n|&;]*)")]
    private static partial Regex Call();
}
