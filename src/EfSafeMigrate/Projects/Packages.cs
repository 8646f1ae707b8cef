using System.Text.Json;

namespace EfSafeMigrate.Projects;

/// <summary>What <c>project.assets.json</c> and the packages folders tell: probing paths and EF's Design assembly.</summary>
internal sealed class Packages
{
    private const string DesignId = "Microsoft.EntityFrameworkCore.Design";
    private const string DesignFile = DesignId + ".dll";

    private readonly List<string> folders = [];
    private readonly List<(string Id, string Version)> libraries = [];

    public Packages(IEnumerable<string> assetsFiles, string packageRoot)
    {
        foreach (var file in assetsFiles.Where(File.Exists).Distinct())
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file));
            var root = document.RootElement;
            if (root.TryGetProperty("packageFolders", out var packageFolders))
            {
                folders.AddRange(packageFolders.EnumerateObject().Select(folder => folder.Name));
            }
            if (root.TryGetProperty("libraries", out var found))
            {
                libraries.AddRange(found.EnumerateObject().Select(library => library.Name.Split('/')).Select(parts => (parts[0], parts[^1])));
            }
        }
        if (packageRoot.Length > 0)
        {
            folders.Add(packageRoot);
        }
    }

    public IEnumerable<string> Folders => folders.Select(folder => folder.TrimEnd('/', '\\')).Where(Directory.Exists).Distinct();

    /// <summary>The EF Core version the project resolved, or null when it has none.</summary>
    public string? EfVersion => Version("Microsoft.EntityFrameworkCore.Relational") ?? Version("Microsoft.EntityFrameworkCore");

    /// <summary>In the output, else in the packages folder at the project's version of Design, else at its version of EF Core.</summary>
    public string? DesignAssembly(string outputFolder)
    {
        var beside = Path.Combine(outputFolder, DesignFile);
        return File.Exists(beside)
            ? beside
            : new[] { Version(DesignId), EfVersion }.OfType<string>().SelectMany(InPackages).FirstOrDefault();
    }

    private IEnumerable<string> InPackages(string version) =>
        from folder in Folders
        let lib = Path.Combine(folder, DesignId.ToLowerInvariant(), version, "lib")
        where Directory.Exists(lib)
        from framework in Directory.GetDirectories(lib).OrderDescending(StringComparer.Ordinal)
        let file = Path.Combine(framework, DesignFile)
        where File.Exists(file)
        select file;

    private string? Version(string id) =>
        libraries.Where(library => string.Equals(library.Id, id, StringComparison.OrdinalIgnoreCase))
            .Select(library => library.Version)
            .FirstOrDefault();
}
