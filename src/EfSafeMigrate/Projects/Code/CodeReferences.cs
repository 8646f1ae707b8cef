using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.CodeAnalysis;

namespace EfSafeMigrate.Projects.Code;

/// <summary>The assemblies that a project is compiled against: its packages as they are restored, and the frameworks beside the runtime.</summary>
internal sealed class CodeReferences
{
    private static readonly string[] Frameworks = ["Microsoft.NETCore.App", "Microsoft.AspNetCore.App"];

    /// <summary>Kept for all projects: what is read of an assembly is the same for each.</summary>
    private static readonly ConcurrentDictionary<string, MetadataReference> Read = new();

    private readonly Lazy<IReadOnlyList<string>> framework = new(() => [.. Frameworks.SelectMany(AssembliesOf)]);

    /// <returns>Without its packages where the project is not restored.</returns>
    public (IReadOnlyList<MetadataReference> References, bool Restored) Of(CodeProject project)
    {
        var packages = PackagesOf(Path.Combine(project.Directory, "obj", "project.assets.json"));
        var files = framework.Value.Concat(packages ?? []).DistinctBy(Path.GetFileName, StringComparer.OrdinalIgnoreCase);
        return ([.. files.Select(file => Read.GetOrAdd(file, path => MetadataReference.CreateFromFile(path)))], packages is not null);
    }

    private static IReadOnlyList<string>? PackagesOf(string assets)
    {
        if (!File.Exists(assets))
        {
            return null;
        }
        using var document = JsonDocument.Parse(File.ReadAllBytes(assets));
        var root = document.RootElement;
        if (!root.TryGetProperty("targets", out var targets) || !root.TryGetProperty("libraries", out var libraries) || !root.TryGetProperty("packageFolders", out var folders))
        {
            return null;
        }
        string[] places = [.. folders.EnumerateObject().Select(folder => folder.Name)];
        var target = targets.EnumerateObject().FirstOrDefault(each => !each.Name.Contains('/', StringComparison.Ordinal)).Value;
        return target.ValueKind != JsonValueKind.Object ? [] :
        [
            .. from library in target.EnumerateObject()
               where library.Value.TryGetProperty("compile", out _) && libraries.TryGetProperty(library.Name, out var about) && about.TryGetProperty("path", out _)
               from file in library.Value.GetProperty("compile").EnumerateObject()
               where file.Name.EndsWith(".dll", StringComparison.Ordinal)
               let path = places.Select(place => Path.Combine(place, libraries.GetProperty(library.Name).GetProperty("path").GetString()!, file.Name)).FirstOrDefault(File.Exists)
               where path is not null
               select path,
        ];
    }

    /// <summary>Of the newest that is installed beside the one that runs this: code compiles against it whatever it targets.</summary>
    private static IEnumerable<string> AssembliesOf(string name)
    {
        var running = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var shared = Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(running)!)!, name);
        var folder = name == Frameworks[0] ? running : Directory.Exists(shared) ? Directory.GetDirectories(shared).MaxBy(each => Version.TryParse(Path.GetFileName(each), out var version) ? version : new Version()) : null;
        return folder is null ? [] : Directory.GetFiles(folder, "*.dll").Where(file => IsManaged(Path.GetFileName(file)));
    }

    private static bool IsManaged(string file) =>
        (file.StartsWith("System.", StringComparison.Ordinal) || file.StartsWith("Microsoft.", StringComparison.Ordinal) || file is "mscorlib.dll" or "netstandard.dll") && !file.Contains(".Native", StringComparison.OrdinalIgnoreCase);
}
