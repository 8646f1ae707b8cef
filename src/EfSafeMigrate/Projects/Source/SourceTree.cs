using System.Collections.Concurrent;

namespace EfSafeMigrate.Projects.Source;

/// <summary>The files of a project as they stand somewhere: in the folder, in git's index, in a commit.</summary>
/// <param name="Directory">The project's folder; paths are relative to it, with forward slashes.</param>
/// <param name="Files">The C# files that people write.</param>
/// <param name="Read">The text of a file; null where there is none.</param>
internal sealed record SourceTree(string Directory, IReadOnlyList<string> Files, Func<string, string?> Read)
{
    /// <summary>What stands in the folder; every file is read once, when it is asked for.</summary>
    public static SourceTree InFolder(string directory)
    {
        var texts = new ConcurrentDictionary<string, string?>();
        return new(
            directory,
            [.. SourceFiles.OfProject(directory).Select(file => Path.GetRelativePath(directory, file).Replace('\\', '/')).Order(StringComparer.Ordinal)],
            path => texts.GetOrAdd(path, wanted => TextOf(Path.Combine(directory, wanted))));
    }

    private static string? TextOf(string file) => File.Exists(file) ? File.ReadAllText(file) : null;
}
