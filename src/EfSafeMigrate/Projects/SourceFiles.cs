namespace EfSafeMigrate.Projects;

/// <summary>The C# files of a folder that people write.</summary>
internal static class SourceFiles
{
    private static readonly string[] Skipped = ["bin", "obj", "node_modules"];

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
