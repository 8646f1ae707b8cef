namespace EfSafeMigrate.EndToEndTests.Phases;

/// <summary>A copy of the sample whose own context is changed, instead of one copied beside it.</summary>
internal static class StoreProject
{
    public static string Snapshot(string project) => Path.Combine(project, "Store", "Migrations", "StoreContextModelSnapshot.cs");

    public static void EditPattern(string project, string pattern)
    {
        foreach (var (old, changed) in Patterns.Named(pattern).Edits)
        {
            var file = Directory.GetFiles(Path.Combine(project, "Store"), "*.cs").Single(path => File.ReadAllText(path).Contains(old, StringComparison.Ordinal));
            Edit(project, Path.GetFileName(file), text => text.Replace(old, changed, StringComparison.Ordinal));
        }
    }

    public static void Edit(string project, string file, Func<string, string> change)
    {
        var path = Path.Combine(project, "Store", file);
        var text = File.ReadAllText(path);
        var changed = change(text);
        changed.ShouldNotBe(text);
        File.WriteAllText(path, changed);
    }

    /// <summary>Every file that people and EF write, by its path in the project.</summary>
    public static Dictionary<string, string> Texts(string project) =>
        Directory.GetFiles(project, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(project, file))
            .Where(file => file.Split(Path.DirectorySeparatorChar)[0] is not ("bin" or "obj" or ".git"))
            .ToDictionary(file => file, file => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(Path.Combine(project, file)))));
}
