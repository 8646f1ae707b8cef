namespace EfSafeMigrate.Projects.Repositories;

/// <summary>Which of a repository's files are the project's, also when its folder had another name before.</summary>
/// <param name="prefix">The project's folder from the top: empty, or with a slash at its end.</param>
/// <param name="index">What is in the index, by path in the folder.</param>
internal sealed class ProjectFolder(string prefix, IReadOnlyDictionary<string, string?> index)
{
    private readonly string[] others =
    [
        .. index.Keys.Where(path => path.EndsWith(".csproj", StringComparison.Ordinal) && path.Contains('/', StringComparison.Ordinal)).Select(path => path[..(path.LastIndexOf('/') + 1)]),
    ];

    /// <summary>The blobs of the files that came from another folder, by path in the project.</summary>
    private IReadOnlyDictionary<string, string> arrived = new Dictionary<string, string>();

    /// <summary>The folder as it was called before the changes: a folder that is all new took its files from another.</summary>
    public ProjectFolder At(IReadOnlyList<FileChange> changes)
    {
        var added = changes.Where(change => change.Before is null && IsMine(change.Path)).Select(change => change.Path[prefix.Length..]).ToArray();
        if (added.Length == 0 || index.Keys.Where(IsSource).Any(path => !added.Contains(path)))
        {
            return this;
        }
        var gone = changes.Where(change => change is { Before: not null, After: null } && IsSource(change.Path)).Select(change => change.Path).ToHashSet();
        var before = gone.SelectMany(path => added.Where(each => path.EndsWith('/' + each, StringComparison.Ordinal) || path == each).Select(each => path[..^each.Length]))
            .GroupBy(folder => folder).MaxBy(group => group.Count());
        return before is null ? this : new ProjectFolder(before.Key, index)
        {
            arrived = changes.Where(change => change.Before is null && IsMine(change.Path)).ToDictionary(change => change.Path[prefix.Length..], change => change.After!),
        };
    }

    /// <summary>The files of the earlier state that are not the same now.</summary>
    /// <param name="now">The project's files.</param>
    public IReadOnlyDictionary<string, string?> Backwards(IReadOnlyList<FileChange> changes, IReadOnlyList<string> now)
    {
        // Nobody told git of a file that it does not track, so it is not in the earlier state either.
        var differences = now.Where(file => arrived.ContainsKey(file) || !index.ContainsKey(file)).ToDictionary(file => file, _ => (string?)null);
        foreach (var change in changes.Where(change => IsMine(change.Path)))
        {
            var path = change.Path[prefix.Length..];
            if (arrived.GetValueOrDefault(path) is { } blob && blob == change.Before)
            {
                differences.Remove(path);
            }
            else
            {
                differences[path] = change.Before ?? differences.GetValueOrDefault(path);
            }
        }
        return differences;
    }

    public IReadOnlyDictionary<string, string?> Forwards(IReadOnlyList<FileChange> changes) =>
        changes.Where(change => IsMine(change.Path)).GroupBy(change => change.Path[prefix.Length..]).ToDictionary(group => group.Key, group => group.Last().After);

    private bool IsMine(string path) =>
        path.StartsWith(prefix, StringComparison.Ordinal) && IsSource(path) && !others.Any(folder => path.AsSpan(prefix.Length).StartsWith(folder, StringComparison.Ordinal));

    private static bool IsSource(string path) => path.EndsWith(".cs", StringComparison.Ordinal);
}
