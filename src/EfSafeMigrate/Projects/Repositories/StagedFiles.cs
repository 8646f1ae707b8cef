using EfSafeMigrate.Projects.Source;

namespace EfSafeMigrate.Projects.Repositories;

/// <summary>The files of a folder as they are about to be committed.</summary>
internal static class StagedFiles
{
    public static async Task<SourceTree> OfAsync(Repository repository, string directory, CancellationToken cancellation)
    {
        var unstaged = repository.UnstagedChangesAsync(cancellation);
        var index = await repository.IndexAsync(cancellation);
        var dirty = (await unstaged).Select(change => change.Path).ToHashSet();
        return SourceTree.Kept(directory, SourceFiles.OfProject(index.Keys), path => Read(path, SourceTree.TextOf), path => Read(path, SourceTree.HeadOf));

        // What is the same in the folder is read there, which needs no answer of git.
        string? Read(string path, Func<string, string?> inFolder) => !index.TryGetValue(path, out var blob) ? null
            : blob is not null && dirty.Contains(repository.Prefix + path) ? repository.Blobs.Read(blob)
            : inFolder(Path.Combine(directory, path)) ?? (blob is null ? null : repository.Blobs.Read(blob));
    }
}
