namespace EfSafeMigrate.Projects;

/// <summary>The C# files of a folder that people write.</summary>
internal static class SourceFiles
{
    private static readonly string[] Skipped = ["bin", "obj", "node_modules"];

    /// <summary>Those of the project in the folder: a folder with a project of its own is another project's.</summary>
    public static IEnumerable<string> OfProject(string directory)
    {
        var others = Directory.EnumerateFiles(directory, "*.csproj", SearchOption.AllDirectories)
            .Select(file => Path.GetDirectoryName(file)!).Where(folder => folder != Path.TrimEndingDirectorySeparator(directory))
            .Select(folder => folder + Path.DirectorySeparatorChar).ToArray();
        return Under(directory).Where(file => !others.Any(folder => file.StartsWith(folder, StringComparison.Ordinal)));
    }

    /// <param name="paths">All files of the project's folder, relative to it, with forward slashes.</param>
    public static IReadOnlyList<string> OfProject(IEnumerable<string> paths)
    {
        var all = paths.ToArray();
        var others = all.Where(path => path.EndsWith(".csproj", StringComparison.Ordinal) && path.Contains('/', StringComparison.Ordinal))
            .Select(path => path[..(path.LastIndexOf('/') + 1)]).ToArray();
        return [.. all.Where(path => path.EndsWith(".cs", StringComparison.Ordinal) && !IsSkipped(path) && !others.Any(folder => path.StartsWith(folder, StringComparison.Ordinal))).Order(StringComparer.Ordinal)];
    }

    private static bool IsSkipped(string path) => path.Split('/')[..^1].Any(folder => Skipped.Contains(folder) || folder.StartsWith('.'));

    public static IEnumerable<string> Under(string folder)
    {
        var here = new DirectoryInfo(folder);
        foreach (var file in here.EnumerateFiles("*.cs").Where(file => !IsLinkToNothing(file)))
        {
            yield return Path.Combine(folder, file.Name);
        }
        foreach (var child in here.EnumerateDirectories().Where(child => !Skipped.Contains(child.Name) && !child.Name.StartsWith('.') && !IsLinkToNothing(child) && !IsLinkUpwards(child)))
        {
            foreach (var file in Under(Path.Combine(folder, child.Name)))
            {
                yield return file;
            }
        }
    }

    private static bool IsLinkToNothing(FileSystemInfo entry) => entry.LinkTarget is not null && entry.ResolveLinkTarget(returnFinalTarget: true) is not { Exists: true };

    /// <summary>It would lead round and round.</summary>
    private static bool IsLinkUpwards(DirectoryInfo folder) =>
        folder.LinkTarget is not null && folder.ResolveLinkTarget(returnFinalTarget: true) is { } target && $"{folder.FullName}{Path.DirectorySeparatorChar}".StartsWith($"{Path.TrimEndingDirectorySeparator(target.FullName)}{Path.DirectorySeparatorChar}", StringComparison.Ordinal);
}
