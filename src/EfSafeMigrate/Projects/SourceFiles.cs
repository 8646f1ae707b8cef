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
        foreach (var file in Directory.EnumerateFiles(folder, "*.cs"))
        {
            yield return file;
        }
        foreach (var child in Directory.EnumerateDirectories(folder).Where(child => !Skipped.Contains(Path.GetFileName(child)) && !Path.GetFileName(child).StartsWith('.')))
        {
            foreach (var file in Under(child))
            {
                yield return file;
            }
        }
    }
}
