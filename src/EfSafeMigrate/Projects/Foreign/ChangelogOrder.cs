using System.Text.RegularExpressions;
using EfSafeMigrate.Projects.Source;

namespace EfSafeMigrate.Projects.Foreign;

/// <summary>The order in which changelogs of Liquibase include one another.</summary>
internal static partial class ChangelogOrder
{
    /// <summary>Every file of the tree once: those that a changelog names where it names them, the others behind, by path.</summary>
    /// <param name="changelogs">The files that can include others.</param>
    public static IReadOnlyList<string> Of(SourceTree tree, IReadOnlyList<string> changelogs)
    {
        var included = changelogs.ToDictionary(file => file, file => Included(tree, file));
        var order = new List<string>();
        foreach (var root in changelogs.Where(file => !included.Values.Any(files => files.Contains(file))))
        {
            Add(root);
        }
        return [.. order, .. tree.Files.Except(order)];

        void Add(string file)
        {
            if (order.Contains(file))
            {
                return;
            }
            order.Add(file);
            foreach (var each in included.GetValueOrDefault(file, []))
            {
                Add(each);
            }
        }
    }

    private static IReadOnlyList<string> Included(SourceTree tree, string changelog) =>
    [
        .. Include().Matches(tree.Read(changelog) ?? "")
            .SelectMany(match => Named(tree, changelog, match.Groups["path"].Value.TrimEnd('/').Replace("classpath:", "", StringComparison.Ordinal).TrimStart('/'), match.Groups["kind"].Value == "path")),
    ];

    /// <summary>A path is one from the changelog's folder, or from a root that only a build knows: then its end tells.</summary>
    private static IEnumerable<string> Named(SourceTree tree, string changelog, string path, bool isFolder)
    {
        var folder = changelog.Contains('/', StringComparison.Ordinal) ? changelog[..(changelog.LastIndexOf('/') + 1)] : "";
        var clean = path.StartsWith("./", StringComparison.Ordinal) ? path[2..] : path;
        bool Is(string file, string wanted) => isFolder ? file.StartsWith(wanted + "/", StringComparison.Ordinal) : file == wanted;
        var beside = tree.Files.Where(file => Is(file, folder + clean)).ToArray();
        return beside.Length > 0 ? beside
            : tree.Files.Where(file => isFolder ? $"/{file}".Contains($"/{clean}/", StringComparison.Ordinal) : $"/{file}".EndsWith($"/{clean}", StringComparison.Ordinal));
    }

    [GeneratedRegex("""\b(?<kind>file|path)["']?\s*[:=]\s*["']?(?<path>[^"'\s>,}]+)""")]
    private static partial Regex Include();
}
