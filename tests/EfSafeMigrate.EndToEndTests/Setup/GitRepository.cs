namespace EfSafeMigrate.EndToEndTests.Setup;

/// <summary>A sample in a repository of its own, below the top.</summary>
internal sealed class GitRepository
{
    private GitRepository(string root) => Root = root;

    public string Root { get; }

    public static async Task<GitRepository> WithAsync(InstalledTool tool, string sample, string below)
    {
        // Beside the samples, for their build files stand above them.
        var repository = new GitRepository(Path.Combine(tool.Scratch, "Samples", $"repository-{Guid.NewGuid():N}"));
        InstalledTool.CopyFolder(tool.Sample(sample), Path.Combine(repository.Root, below));
        await File.WriteAllTextAsync(Path.Combine(repository.Root, ".gitignore"), "bin/\nobj/\n");
        await repository.GitAsync("init", "--quiet", "--initial-branch=main");
        await repository.GitAsync("config", "user.name", "A Person");
        await repository.GitAsync("config", "user.email", "person@example.org");
        await repository.CommitAsync("the sample");
        return repository;
    }

    /// <summary>As a build server has it: with a remote.</summary>
    /// <param name="depth">How much of the history; all when null.</param>
    public async Task<GitRepository> CloneAsync(string branch, int? depth = null)
    {
        var clone = new GitRepository($"{Root}-clone-{Guid.NewGuid():N}");
        await GitAsync(["clone", "--quiet", "--branch", branch, .. depth is { } commits ? new[] { $"--depth={commits}", "--no-single-branch" } : [], $"file://{Root}", clone.Root]);
        return clone;
    }

    public async Task CommitAsync(string message)
    {
        await GitAsync("add", "--all");
        await GitAsync("commit", "--quiet", "--message", message);
    }

    public async Task<string> GitAsync(params string[] arguments)
    {
        var result = await Shell.RunAsync(Root, "git", arguments);
        result.Code.ShouldBe(0, result.Output + result.Error);
        return result.Output;
    }

    public string PathOf(string file) => Path.Combine(Root, file);

    /// <summary>Every file but git's own, with its text.</summary>
    public SortedDictionary<string, string> Files() => new(
        Directory.GetFiles(Root, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Root, file))
            .Where(file => !file.StartsWith(".git/", StringComparison.Ordinal) || file == ".git/hooks/pre-commit").ToDictionary(file => file, file => File.ReadAllText(PathOf(file))), StringComparer.Ordinal);
}
