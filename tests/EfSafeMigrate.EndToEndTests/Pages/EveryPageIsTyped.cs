namespace EfSafeMigrate.EndToEndTests.Pages;

/// <summary>No page shows a command that no test runs.</summary>
public sealed class EveryPageIsTyped
{
    /// <summary>Typed as they stand.</summary>
    private static readonly string[] Typed = ["docker.md", "large-tables.md", "protected-production.md", "reports.md", "reviewing.md", "setting-up.md", "several-contexts.md"];

    /// <summary>Their commands are run with other names, by the tests that stand here.</summary>
    private static readonly Dictionary<string, string> Elsewhere = new()
    {
        ["accepting.md"] = "HistoryIsAccepted", ["adding.md"] = "AddingWhatDotnetEfAdds", ["apply.md"] = "ResumedRuns", ["backfill.md"] = "ABackfillIsSteered",
        ["backup.md"] = "BackupsAreTaken", ["branches.md"] = "BranchesAreMerged", ["documents.md"] = "RunbooksAreFollowed", ["drift.md"] = "DriftIsTold",
        ["histories.md"] = "HistoriesAndContexts", ["how-it-works.md"] = "PhasesEndLikeOneMigration", ["impact.md"] = "ImpactPage", ["other-tools.md"] = "OtherToolsPage",
        ["rehearsal.md"] = "Rehearsing", ["rollback.md"] = "MigrationsAreUndone", ["scratch.md"] = "KilledScratches", ["scripts.md"] = "ScriptsEndLikeOneMigration",
        ["testing-migrations.md"] = "TestsComeWithMigrations",
    };

    [Fact]
    public void OrItsCommandsAreRunElsewhere()
    {
        var pages = Directory.GetFiles(Path.Combine(InstalledTool.Repository, "docs"), "*.md").Select(file => Path.GetFileName(file)!)
            .Where(page => HowToPage.Commands(HowToPage.Read(page)).Any(command => command.Contains("dotnet safe-migrate", StringComparison.Ordinal)));
        pages.ShouldBe([.. Typed, .. Elsewhere.Keys], ignoreOrder: true);

        var tests = Directory.GetFiles(Path.Combine(InstalledTool.Repository, "tests"), "*.cs", SearchOption.AllDirectories).Select(Path.GetFileNameWithoutExtension).ToHashSet();
        Elsewhere.Values.Where(test => !tests.Contains(test)).ShouldBeEmpty();
    }
}
