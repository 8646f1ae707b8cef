using System.Xml;
using System.Xml.Linq;

namespace EfSafeMigrate.Projects.Code;

/// <summary>The projects around one: those that it refers to and those that refer to it, in the folder of the solution or the repository.</summary>
internal static class CodeProjects
{
    private static readonly string[] Skipped = ["bin", "obj", "node_modules"];

    /// <param name="projects">The project with the model, and the one that starts the application.</param>
    /// <returns>What others refer to stands before them.</returns>
    public static IReadOnlyList<CodeProject> Around(params IEnumerable<string> projects)
    {
        var known = new Dictionary<string, CodeProject?>(StringComparer.Ordinal);
        string[] wanted = [.. projects.Select(Path.GetFullPath).Distinct()];
        foreach (var file in wanted.SelectMany(file => FilesNear(Path.GetDirectoryName(file)!)).Concat(wanted))
        {
            Read(file, known);
        }
        var chosen = new HashSet<string>(wanted);
        while (known.Values.OfType<CodeProject>().Where(each => !chosen.Contains(each.File) && each.References.Any(chosen.Contains)).ToArray() is { Length: > 0 } users)
        {
            chosen.UnionWith(users.Select(user => user.File));
        }
        List<CodeProject> ordered = [];
        foreach (var file in chosen.Order(StringComparer.Ordinal))
        {
            Add(file, known, ordered, []);
        }
        return ordered;
    }

    /// <summary>All projects in the folder of the solution or the repository, whatever they refer to.</summary>
    public static IReadOnlyList<CodeProject> Near(string project)
    {
        var known = new Dictionary<string, CodeProject?>(StringComparer.Ordinal);
        return [.. FilesNear(Path.GetDirectoryName(Path.GetFullPath(project))!).Select(file => Read(file, known)).OfType<CodeProject>()];
    }

    private static void Add(string file, Dictionary<string, CodeProject?> known, List<CodeProject> ordered, HashSet<string> above)
    {
        if (Read(file, known) is not { } project || ordered.Contains(project) || !above.Add(file))
        {
            return;
        }
        foreach (var reference in project.References)
        {
            Add(reference, known, ordered, above);
        }
        ordered.Add(project);
    }

    private static CodeProject? Read(string file, Dictionary<string, CodeProject?> known)
    {
        if (known.TryGetValue(file, out var read))
        {
            return read;
        }
        return known[file] = Path.GetExtension(file) == ".csproj" && File.Exists(file) ? Of(file) : null;
    }

    private static CodeProject Of(string file)
    {
        var text = File.ReadAllText(file);
        try
        {
            var references = XDocument.Parse(text).Descendants().Where(element => element.Name.LocalName == "ProjectReference").Select(element => element.Attribute("Include")?.Value)
                .OfType<string>().Where(path => !path.Contains('$', StringComparison.Ordinal) && !path.Contains('*', StringComparison.Ordinal));
            return new(file, text, [.. references.Select(path => Path.GetFullPath(path.Replace('\\', Path.DirectorySeparatorChar), Path.GetDirectoryName(file)!))]);
        }
        catch (XmlException)
        {
            return new(file, text, []);
        }
    }

    /// <summary>Under the nearest folder with a solution or a repository; else beside the project.</summary>
    private static IEnumerable<string> FilesNear(string folder)
    {
        for (var at = folder; at is not null; at = Path.GetDirectoryName(at))
        {
            if (Directory.EnumerateFiles(at, "*.sln").Concat(Directory.EnumerateFiles(at, "*.slnx")).Any() || Path.Exists(Path.Combine(at, ".git")))
            {
                return Under(at, 12);
            }
        }
        return Under(Path.GetDirectoryName(folder) ?? folder, 1);
    }

    private static IEnumerable<string> Under(string folder, int depth)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*.csproj"))
        {
            yield return Path.GetFullPath(file);
        }
        foreach (var child in depth == 0 ? [] : Directory.EnumerateDirectories(folder).Where(child => !Skipped.Contains(Path.GetFileName(child)) && !Path.GetFileName(child).StartsWith('.')))
        {
            foreach (var file in Under(child, depth - 1))
            {
                yield return file;
            }
        }
    }
}
