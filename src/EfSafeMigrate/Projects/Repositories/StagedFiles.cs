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
        return new(directory, SourceFiles.OfProject(index.Keys), Read);

        // What is the same in the folder is read there, which needs no answer of git.
        string? Read(string path) => !index.TryGetValue(path, out var blob) ? null
            : blob is not null && dirty.Contains(repository.Prefix + path) ? repository.Blobs.Read(blob)
            : TextInFolder(path) ?? (blob is null ? null : repository.Blobs.Read(blob));

        string? TextInFolder(string path) => Path.Combine(directory, path) is var file && File.Exists(file) ? File.ReadAllText(file) : null;
    }
}
