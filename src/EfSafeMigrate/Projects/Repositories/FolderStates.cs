using EfSafeMigrate.Projects.Source;

namespace EfSafeMigrate.Projects.Repositories;

/// <summary>A folder's files in other states than the one on the disk; what differs is read at once, so that git need not stay.</summary>
/// <param name="matters">False for a file that nobody reads, by its path in the folder.</param>
internal sealed class FolderStates(Repository repository, SourceTree folder, Func<string, bool> matters)
{
    public Repository Repository => repository;

    public SourceTree Folder => folder;

    /// <summary>As they are about to be committed.</summary>
    public async Task<SourceTree> StagedAsync(CancellationToken cancellation)
    {
        var index = await repository.IndexAsync(cancellation);
        var texts = Mine(await repository.UnstagedChangesAsync(cancellation)).Where(change => index.ContainsKey(change.Path))
            .ToDictionary(change => change.Path, change => index[change.Path] is { } blob ? repository.Blobs.Read(blob) : null);
        return Overlaid([.. index.Keys.Where(matters)], texts, folder.Read);
    }

    /// <summary>As they were in a commit, told by what differs from now.</summary>
    public async Task<SourceTree> AtAsync(SourceTree here, string commit, bool staged, CancellationToken cancellation)
    {
        var index = await repository.IndexAsync(cancellation);
        var changes = Mine(await (staged ? repository.StagedChangesAsync(commit, cancellation) : repository.ChangesInFolderAsync(commit, cancellation)));
        var texts = changes.ToDictionary(change => change.Path, change => change.Before is { } blob ? repository.Blobs.Read(blob) : null);
        // Nobody told git of a file that it does not track, so it is not in the commit either.
        var same = here.Files.Where(file => index.ContainsKey(file) && !texts.ContainsKey(file));
        return Overlaid([.. same.Concat(texts.Where(each => each.Value is not null).Select(each => each.Key))], texts, here.Read);
    }

    private SourceTree Overlaid(IReadOnlyList<string> files, Dictionary<string, string?> texts, Func<string, string?> same) => new(
        folder.Directory, [.. files.Order(StringComparer.Ordinal)], path => texts.TryGetValue(path, out var text) ? text : same(path));

    private FileChange[] Mine(IReadOnlyList<FileChange> changes) =>
    [
        .. changes.Where(change => change.Path.StartsWith(repository.Prefix, StringComparison.Ordinal))
            .Select(change => change with { Path = change.Path[repository.Prefix.Length..] }).Where(change => matters(change.Path)),
    ];
}
