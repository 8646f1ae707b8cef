namespace EfSafeMigrate.Projects.Repositories;

/// <summary>The git repository around a folder.</summary>
internal sealed class Repository : IDisposable
{
    private readonly string folder;
    private readonly string? index;
    private Task<IReadOnlyDictionary<string, string?>>? listed;
    private Task<string?>? head;

    private Repository(string folder, string root, string prefix, string? index, bool isShallow, Task<IReadOnlyList<Reference>> references)
    {
        this.folder = folder;
        this.index = index;
        References = references;
        Root = root;
        Prefix = prefix;
        IsShallow = isShallow;
        Blobs = new Blobs(folder);
    }

    public string Root { get; }

    /// <summary>The folder, from the top of the repository: empty, or with a slash at its end.</summary>
    public string Prefix { get; }

    /// <summary>The history ends somewhere, as in a clone with <c>--depth</c>.</summary>
    public bool IsShallow { get; }

    public Blobs Blobs { get; }

    /// <param name="variable">A variable of the environment, as a hook of git's has it.</param>
    /// <returns>Null where there is no repository.</returns>
    /// <exception cref="SafeMigrateException">Git refuses to look at it, or is not there.</exception>
    public static async Task<Repository?> FindAsync(string folder, Func<string, string?> variable, CancellationToken cancellation)
    {
        var asked = GitProcess.RunAsync(
            folder, ["rev-parse", "--show-toplevel", "--show-prefix", "--absolute-git-dir", "--is-shallow-repository"], cancellation);
        var references = ReferencesAsync(folder, cancellation);
        var answer = await asked;
        if (answer is { Code: 0 } && answer.Output.Split('\n') is [var root, var prefix, var gitDirectory, var shallow, ..])
        {
            return new Repository(folder, root, prefix, IndexOfHook(variable("GIT_INDEX_FILE"), root, gitDirectory), shallow.Trim() == "true", references);
        }
        if (answer is null)
        {
            return IsIn(folder) ? throw RepositoryErrors.NoGit() : null;
        }
        return !answer.Error.Contains("dubious ownership", StringComparison.Ordinal) ? null : throw RepositoryErrors.NotTrusted(folder, answer.Error);
    }

    public void Dispose() => Blobs.Dispose();

    /// <summary>The commit a name stands for; null when nothing is called so.</summary>
    public async Task<string?> CommitAsync(string revision, CancellationToken cancellation) =>
        await AnswerAsync(["rev-parse", "--verify", "--quiet", "--end-of-options", $"{revision}^{{commit}}"], cancellation) is { Code: 0 } found ? found.Output.Trim() : null;

    /// <summary>The commit that is checked out; null before the first.</summary>
    public async Task<string?> HeadAsync(CancellationToken cancellation) =>
        (await References).FirstOrDefault(reference => reference.IsHead)?.Commit ?? await (head ??= CommitAsync("HEAD", cancellation));

    /// <summary>Every branch here, and those of the remote.</summary>
    public Task<IReadOnlyList<Reference>> References { get; }

    private static async Task<IReadOnlyList<Reference>> ReferencesAsync(string folder, CancellationToken cancellation)
    {
        var answer = await GitProcess.RunAsync(folder, ["for-each-ref", "--format=%(refname)%00%(objectname)%00%(symref)%00%(HEAD)", "refs/heads", "refs/remotes/origin"], cancellation);
        return answer is null ? [] :
        [
            .. answer.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\0'))
                .Select(parts => new Reference(parts[0], parts[2].Length > 0 ? parts[2] : parts[0], parts[1], parts[3] == "*")),
        ];
    }

    /// <summary>The commit at which two went different ways; null when the history at hand has none.</summary>
    public async Task<string?> MergeBaseAsync(string one, string other, CancellationToken cancellation) =>
        await AnswerAsync(["merge-base", one, other], cancellation) is { Code: 0 } found ? found.Output.Split('\n')[0].Trim() : null;

    /// <summary>What differs between a commit and the folder.</summary>
    public Task<IReadOnlyList<FileChange>> ChangesInFolderAsync(string commit, CancellationToken cancellation) => ChangesAsync([commit], cancellation);

    /// <summary>What differs between a commit and the index.</summary>
    public Task<IReadOnlyList<FileChange>> StagedChangesAsync(string commit, CancellationToken cancellation) => ChangesAsync(["--cached", commit], cancellation);

    public Task<IReadOnlyList<FileChange>> ChangesAsync(string from, string to, CancellationToken cancellation) => ChangesAsync([from, to], cancellation);

    /// <summary>What differs between the index and the folder.</summary>
    public Task<IReadOnlyList<FileChange>> UnstagedChangesAsync(CancellationToken cancellation) => ChangesAsync([], cancellation);

    /// <summary>The blob of every file in the index beneath the folder, by its path in the folder; null for one that is not merged.</summary>
    public Task<IReadOnlyDictionary<string, string?>> IndexAsync(CancellationToken cancellation) => listed ??= ReadIndexAsync(cancellation);

    private async Task<IReadOnlyDictionary<string, string?>> ReadIndexAsync(CancellationToken cancellation)
    {
        var answer = await AnswerAsync(["ls-files", "--stage", "-z"], cancellation);
        var files = new Dictionary<string, string?>();
        // mode SP blob SP stage TAB path
        foreach (var entry in answer.Output.Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            var tab = entry.IndexOf('\t', StringComparison.Ordinal);
            var fields = entry[..tab].Split(' ');
            files[entry[(tab + 1)..]] = fields[2] == "0" ? fields[1] : null;
        }
        return files;
    }

    /// <summary>True when git cannot bring two versions of a text together by itself.</summary>
    public static async Task<bool> ConflictAsync(string ours, string ancestor, string theirs, CancellationToken cancellation)
    {
        var scratch = Directory.CreateTempSubdirectory("safe-migrate-merge-").FullName;
        try
        {
            string[] names = ["ours", "ancestor", "theirs"];
            foreach (var (name, text) in names.Zip([ours, ancestor, theirs]))
            {
                await File.WriteAllTextAsync(Path.Combine(scratch, name), text.ReplaceLineEndings("\n"), cancellation);
            }
            return await GitProcess.RunAsync(scratch, ["merge-file", "-p", .. names], cancellation) is not { Code: 0 };
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    private async Task<IReadOnlyList<FileChange>> ChangesAsync(string[] what, CancellationToken cancellation)
    {
        var answer = await AnswerAsync(
            ["diff", "--raw", "-z", "--no-renames", "--no-abbrev", "--no-relative", "--no-ext-diff", "--ignore-submodules=all", .. what, "--"], cancellation);
        return answer.Code == 0 ? [.. FileChange.Parse(answer.Output)] : throw RepositoryErrors.Failed(answer.Error);
    }

    private async Task<ProcessResult> AnswerAsync(string[] arguments, CancellationToken cancellation) =>
        await GitProcess.RunAsync(folder, arguments, cancellation, index) ?? throw RepositoryErrors.NoGit();

    /// <summary>What git would find, where it is missing: a work tree of another one has a file there.</summary>
    private static bool IsIn(string? folder) => folder is not null && (Path.Exists(Path.Combine(folder, ".git")) || IsIn(Path.GetDirectoryName(folder)));

    /// <summary>
    /// A commit with <c>-a</c> or with paths shows its hook an index of its own. The hook of an outer repository names one that is not ours.
    /// </summary>
    private static string? IndexOfHook(string? given, string root, string gitDirectory)
    {
        var full = given is { Length: > 0 } ? Path.GetFullPath(given, root) : null;
        return Path.GetDirectoryName(full) == Path.TrimEndingDirectorySeparator(Path.GetFullPath(gitDirectory)) ? full : null;
    }
}

/// <param name="Asked">Its full name.</param>
/// <param name="Name">The name it stands for, when it is a symbolic one.</param>
/// <param name="IsHead">It is checked out.</param>
internal sealed record Reference(string Asked, string Name, string Commit, bool IsHead);
