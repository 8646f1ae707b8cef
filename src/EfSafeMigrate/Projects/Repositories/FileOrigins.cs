namespace EfSafeMigrate.Projects.Repositories;

/// <summary>The commit that added a file, under whatever name.</summary>
/// <param name="At">When it was written, by its author's clock.</param>
internal sealed record FileOrigin(string Commit, string Author, string Email, DateTimeOffset At)
{
    /// <summary>The history at hand begins with it, so that it may be older.</summary>
    public bool IsEdge { get; init; }
}

/// <summary>Who committed which file first.</summary>
internal sealed class FileOrigins
{
    private const char Mark = '\u0001';

    private readonly Repository repository;
    private readonly string folder;
    private readonly Dictionary<string, FileOrigin> found = [];

    private FileOrigins(Repository repository, string folder) => (this.repository, this.folder) = (repository, folder);

    /// <param name="files">From the folder, with forward slashes.</param>
    /// <returns>What is committed.</returns>
    public static async Task<IReadOnlyDictionary<string, FileOrigin>> ReadAsync(Repository repository, string folder, IReadOnlyList<string> files, CancellationToken cancellation)
    {
        var origins = new FileOrigins(repository, folder);
        if (files.Count > 0 && await repository.HeadAsync(cancellation) is { } head)
        {
            await origins.SearchAsync(head, files.ToDictionary(file => repository.Prefix + file, file => file), cancellation);
        }
        return origins.found;
    }

    /// <summary>Looks for the commits that added the paths, and goes on before a commit that only renamed one.</summary>
    /// <param name="paths">Each with the file it is today.</param>
    private async Task SearchAsync(string revision, Dictionary<string, string> paths, CancellationToken cancellation)
    {
        var added = await AddedAsync(revision, paths.Keys, cancellation);
        foreach (var (path, origin) in added)
        {
            found[paths[path]] = origin;
        }
        foreach (var commit in added.GroupBy(each => each.Value.Commit))
        {
            var renamed = await RenamedAsync(commit.Key, cancellation);
            var before = commit.Where(each => renamed.ContainsKey(each.Key)).DistinctBy(each => renamed[each.Key]).ToDictionary(each => renamed[each.Key], each => paths[each.Key]);
            if (before.Count > 0)
            {
                await SearchAsync($"{commit.Key}^", before, cancellation);
            }
        }
    }

    private async Task<Dictionary<string, FileOrigin>> AddedAsync(string revision, IEnumerable<string> paths, CancellationToken cancellation)
    {
        var wanted = paths.ToHashSet();
        var folders = wanted.Select(path => $":(top,literal){path[..(path.LastIndexOf('/') + 1)]}").Distinct().ToArray();
        var output = await AnswerAsync(["log", "--no-renames", "--diff-filter=A", "--name-only", "-z", $"--format={Mark}%H%x00%P%x00%aN%x00%aE%x00%aI", revision, "--", .. folders.Contains(":(top,literal)") ? [":(top)"] : folders], cancellation);
        var origins = new Dictionary<string, FileOrigin>();
        foreach (var commit in output.Split(Mark, StringSplitOptions.RemoveEmptyEntries).Select(text => text.Split('\0')).Where(fields => fields.Length > 5))
        {
            var origin = new FileOrigin(commit[0], commit[2], commit[3], DateTimeOffset.Parse(commit[4], System.Globalization.CultureInfo.InvariantCulture))
            {
                IsEdge = repository.IsShallow && commit[1].Length == 0,
            };
            // The newest comes first, and that is the file of today.
            foreach (var path in commit.Skip(5).Select(path => path.TrimStart('\n')).Where(wanted.Contains))
            {
                origins.TryAdd(path, origin);
            }
        }
        return origins;
    }

    /// <summary>What the commit renamed: the old path by the new one.</summary>
    private async Task<Dictionary<string, string>> RenamedAsync(string commit, CancellationToken cancellation)
    {
        var fields = (await AnswerAsync(["show", "--format=", "--find-renames", "--diff-filter=R", "--name-status", "-z", commit], cancellation)).Split('\0');
        return Enumerable.Range(0, fields.Length / 3).Select(at => fields[(at * 3)..((at * 3) + 3)]).DistinctBy(row => row[2]).ToDictionary(row => row[2], row => row[1]);
    }

    private async Task<string> AnswerAsync(string[] arguments, CancellationToken cancellation) =>
        await GitProcess.RunAsync(folder, arguments, cancellation) switch
        {
            null => throw RepositoryErrors.NoGit(),
            { Code: 0 } answer => answer.Output,
            var failed => throw RepositoryErrors.Failed(failed.Error),
        };
}
