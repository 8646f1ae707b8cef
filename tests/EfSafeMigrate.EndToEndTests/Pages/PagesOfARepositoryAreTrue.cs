using System.Text.RegularExpressions;
using EfSafeMigrate.EndToEndTests.Setup;

namespace EfSafeMigrate.EndToEndTests.Pages;

/// <summary>The pages on setting up, reviewing, reports and protection, typed in a small repository.</summary>
[Collection(nameof(RepositoriesCollection))]
public sealed partial class PagesOfARepositoryAreTrue(InstalledTool tool)
{
    private const string Project = "src/Shop";
    private const string Migration = $"{Project}/Migrations/20990101000000_DropBody.cs";

    [Fact]
    public async Task SettingUp()
    {
        var page = new HowToPage("setting-up.md");
        var repository = await GitRepository.WithAsync(tool, "Tiny", Project);

        await new Reader(tool, repository.Root).MustAsync(0, page.Take("dotnet safe-migrate init"));

        var written = Row().Matches(HowToPage.Read("setting-up.md")).Select(row => row.Groups["file"].Value).Where(file => file.StartsWith('.')).Take(3).Append(".git/hooks/pre-commit").ToArray();
        written.ShouldAllBe(file => File.Exists(repository.PathOf(file)));
        page.ShouldBeTyped();
    }

    [Fact]
    public async Task ReviewingAndItsReports()
    {
        var (page, reports) = (new HowToPage("reviewing.md"), new HowToPage("reports.md"));
        var clone = await (await GitRepository.WithAsync(tool, "Tiny", Project)).CloneAsync("main");
        var reader = new Reader(tool, clone.PathOf(Project), [.. Committer]);
        await File.WriteAllTextAsync(clone.PathOf(Migration), Dangerous.Migration.Replace("Library.Data", "Tiny", StringComparison.Ordinal).Replace("Library", "Notes", StringComparison.Ordinal)
            .Replace("DropFines", "DropBody", StringComparison.Ordinal).Replace("Fines", "Notes", StringComparison.Ordinal));
        await clone.GitAsync("add", "--all");

        // Before a commit, by hand and by the hook.
        (await reader.MustAsync(1, page.Take("dotnet safe-migrate review --staged"))).ShouldContain("✗ drop-table");
        await File.WriteAllTextAsync(clone.PathOf(".git/hooks/pre-commit"), page.Take("#!/bin/sh\nexec dotnet safe-migrate review --staged"));
        (await reader.MustAsync(1, "chmod +x ../../.git/hooks/pre-commit && git commit --message drop 2>&1")).ShouldContain("✗ drop-table");
        await reader.MustAsync(0, "git commit --quiet --no-verify --message drop");

        (await reader.MustAsync(1, page.Take("dotnet safe-migrate review --source"))).ShouldContain("✗ drop-table");
        Directory.Exists(clone.PathOf($"{Project}/obj")).ShouldBeFalse("nothing is built");
        (await reader.MustAsync(1, page.Take("dotnet safe-migrate review --base origin/main"))).ShouldContain("✗ drop-table");
        await File.WriteAllTextAsync(clone.PathOf($"{Project}/change.sql"), "DROP TABLE orders;");
        (await reader.MustAsync(1, page.Inline("review --sql change.sql --engine postgresql").Insert(0, "dotnet safe-migrate "))).ShouldContain("✗ drop-table");
        page.ShouldBeTyped();

        await ReportsAsync(reports, reader, clone);
        reports.ShouldBeTyped();

        var accepting = new HowToPage("accepting.md");
        await reader.MustBuiltAsync(0, accepting.Take("dotnet safe-migrate review --baseline write"));
        (await reader.MustBuiltAsync(0, "dotnet safe-migrate review --all")).ShouldNotContain("✗ drop-table");
        accepting.ShouldBeTyped();
    }

    [Fact]
    public async Task AProtectedProduction()
    {
        var page = new HowToPage("protected-production.md");
        var repository = await GitRepository.WithAsync(tool, "Tiny", Project);
        var reader = new Reader(tool, repository.PathOf(Project));
        await reader.MustAsync(0, "dotnet safe-migrate apply --to Initial --skip-backup 'it is empty'");

        (await reader.MustBuiltAsync(0, page.Take("dotnet safe-migrate protect"))).ShouldContain("is protected: production of the shop");
        var shown = await reader.MustBuiltAsync(0, page.Take("dotnet safe-migrate apply --plan-only"));
        var hash = Hash().Match(shown).Value;
        var (approve, apply) = (page.Take("dotnet safe-migrate approve", ("HASH", hash)), page.Take("dotnet safe-migrate apply", ("shop", "main")));
        (await reader.TypeBuiltAsync(apply)).Code.ShouldBe(3, "nobody has approved it");
        await reader.MustBuiltAsync(0, approve);
        (await reader.MustBuiltAsync(0, apply)).ShouldContain("proven\n");
        page.ShouldBeTyped();
    }

    /// <summary>What the page shows for build servers, and for the build itself.</summary>
    private static async Task ReportsAsync(HowToPage page, Reader reader, GitRepository clone)
    {
        await reader.MustBuiltAsync(1, page.Take("dotnet safe-migrate review --output sarif"));
        string[] Written(params string[] files) => [.. files.Where(file => !File.Exists(clone.PathOf($"{Project}/{file}")))];
        Written("review.sarif", "review.html").ShouldBeEmpty();

        var (gitHub, gitLab) = (Steps(page.Blocks("yaml")[0], clone).Under("run"), Steps(page.Blocks("yaml")[1], clone).Under("script"));
        (await reader.MustBuiltAsync(1, gitHub[0].Script)).ShouldContain("::error file=");
        await reader.MustAsync(0, $"GITHUB_STEP_SUMMARY=summary; {gitHub[1].Script}");
        (await File.ReadAllTextAsync(clone.PathOf($"{Project}/summary"))).ShouldContain("drop-table");
        await reader.MustBuiltAsync(1, gitLab.ShouldHaveSingleItem().Script);
        Written("gl-code-quality-report.json", "review.xml").ShouldBeEmpty();

        var project = clone.PathOf($"{Project}/Tiny.csproj");
        await File.WriteAllTextAsync(project, (await File.ReadAllTextAsync(project)).Replace("</Project>", page.Blocks("xml").ShouldHaveSingleItem() + "</Project>", StringComparison.Ordinal));
        (await reader.MustAsync(1, "CI=true dotnet build -v:q -nologo")).ShouldMatch(@"DropBody\.cs\(\d+,\d+\): error drop-table: ");
    }

    private static StepsOfCi Steps(string yaml, GitRepository clone)
    {
        var file = $"{clone.Root}.yml";
        File.WriteAllText(file, yaml);
        return new(file);
    }

    private static IEnumerable<(string, string)> Committer => from role in new[] { "AUTHOR", "COMMITTER" } from what in new[] { ("NAME", "Ada"), ("EMAIL", "ada@example.org") } select ($"GIT_{role}_{what.Item1}", what.Item2);

    [GeneratedRegex(@"^\| `(?<file>[^`]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"\b[0-9a-f]{64}\b")]
    private static partial Regex Hash();
}
