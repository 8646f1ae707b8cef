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
