using EfSafeMigrate.Tests.Projects.Repositories;

namespace EfSafeMigrate.Tests.Commands;

/// <summary>The tool itself, where git is missing or does not want to.</summary>
public sealed class GitDoesNotAnswer : IDisposable
{
    private readonly Clone clone = new("src/Shop");

    public GitDoesNotAnswer()
    {
        clone.Write("Shop.csproj", "<Project />");
        clone.Migrate("20260101000000_Initial", "Id");
        clone.Commit();
    }

    public void Dispose() => clone.Dispose();

    [Fact]
    public async Task Because_it_is_not_on_the_path()
    {
        var staged = await ReviewAsync(environment => environment["PATH"] = clone.Folder, "--staged");
        var source = await ReviewAsync(environment => environment["PATH"] = clone.Folder, "--source");

        (staged.Code, staged.Error).ShouldBe((2, Lines("  Git is not on the path.", "  → install git, or name the migrations: --last, --from, --migration")));
        source.Code.ShouldBe(0, source.Error);
        string.Join(' ', source.Output.Split((char[])[' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries)).ShouldContain("reviewed: the newest migration (Git is not on the path: install git, or name the migrations: --last, --from, --migration)");
    }

    [Fact]
    public async Task And_outside_a_repository_nobody_misses_it()
    {
        Directory.Delete(Path.Combine(clone.Root, ".git"), recursive: true);

        var source = await ReviewAsync(environment => environment["PATH"] = clone.Folder, "--source");

        source.Code.ShouldBe(0, source.Error);
        source.Output.ShouldNotContain("Git");
    }

    [Fact]
    public async Task Because_the_folder_belongs_to_somebody_else()
    {
        var staged = await ReviewAsync(Stranger, "--staged");
        var source = await ReviewAsync(Stranger, "--source");

        (staged.Code, staged.Error).ShouldBe((2, Lines(
            $"  Git does not read the repository around {clone.Folder}: the folder belongs to somebody else.", $"  → git config --global --add safe.directory {clone.Root}")));
        source.Code.ShouldBe(0, source.Error);
        source.Output.ShouldContain("reviewed: the newest migration (Git does not read the repository");
    }

    /// <summary>A variable of git's own tests.</summary>
    private static void Stranger(IDictionary<string, string?> environment) =>
        (environment["GIT_TEST_ASSUME_DIFFERENT_OWNER"], environment["GIT_CONFIG_GLOBAL"], environment["GIT_CONFIG_SYSTEM"]) = ("1", "/dev/null", "/dev/null");

    private Task<(int Code, string Output, string Error)> ReviewAsync(Action<IDictionary<string, string?>> set, string option) =>
        Tool.RunAsync("dotnet", ["exec", Tool.Dll, "review", option, "--engine", "postgresql"], clone.Folder, set);

    private static string Lines(params string[] lines) => string.Concat(lines.Select(line => line + Environment.NewLine));
}
