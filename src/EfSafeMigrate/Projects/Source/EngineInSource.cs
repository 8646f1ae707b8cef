using System.Text.RegularExpressions;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Projects.Source;

/// <summary>Which provider a project's context uses, told without running it: by what the provider leaves in the migrations, by the packages, by the context's options.</summary>
internal static partial class EngineInSource
{
    /// <param name="Provider">The provider's package.</param>
    /// <param name="Version">The package's version; null where the project does not say it.</param>
    internal sealed record Found(IReadOnlyList<Engine> Engines, string Provider, string? Version);

    /// <summary>Null when nothing tells, or several things tell different providers. What the project itself refers to goes before what files above it give to all projects.</summary>
    public static Found? Of(SourceTree tree, SourceMigrations migrations)
    {
        var (own, around) = (Texts(Projects(tree.Directory)), Texts(Around(tree.Directory)));
        var packages = Packages([.. own, .. around]);
        var left = Only(Marked(tree, migrations)) ?? Only(Referenced(own)) ?? Only(Referenced(around)) ?? Only(Used(tree));
        if (left is null)
        {
            return null;
        }
        var engines = EngineBook.All.Where(engine => engine.Provider == left).ToArray();
        var provider = engines[0].Providers.FirstOrDefault(packages.ContainsKey) ?? engines[0].Providers[0];
        return new(engines, provider, packages.GetValueOrDefault(provider) ?? packages.GetValueOrDefault($"{provider}.Core"));
    }

    /// <summary>What the context's options say of the server, for a provider that serves several.</summary>
    public static string? Options(SourceTree tree) =>
        tree.Files.Select(tree.Read).OfType<string>().Any(text => text.Contains("MariaDbServerVersion", StringComparison.Ordinal) || text.Contains("ServerType.MariaDb", StringComparison.Ordinal)) ? "mariadb" : null;

    private static ProviderForms? Only(IEnumerable<ProviderForms> found) => found.Distinct().Take(2).ToArray() is [var only] ? only : null;

    private static IEnumerable<ProviderForms> Forms => EngineBook.All.Select(engine => engine.Provider).Distinct();

    /// <summary>Annotations and classes of the provider in the snapshot and the migrations.</summary>
    private static ProviderForms[] Marked(SourceTree tree, SourceMigrations migrations)
    {
        string?[] files = [.. migrations.Snapshots.Select(snapshot => snapshot.File), .. migrations.Migrations.Take(1).Concat(migrations.Migrations.TakeLast(1)).SelectMany(migration => new[] { migration.File, migration.Designer })];
        var texts = files.OfType<string>().Distinct().Select(tree.Read).OfType<string>().ToArray();
        return [.. Forms.Where(forms => texts.Any(text => forms.Marks.Any(mark => text.Contains($"\"{mark}:", StringComparison.Ordinal) || text.Contains($"{mark}ModelBuilderExtensions", StringComparison.Ordinal) || text.Contains($"{mark}PropertyBuilderExtensions", StringComparison.Ordinal))))];
    }

    /// <summary>By references only: a version that is kept for all projects says nothing of this one.</summary>
    private static IEnumerable<ProviderForms> Referenced(IReadOnlyList<string> texts)
    {
        var packages = texts.SelectMany(text => Package().Matches(text)).Where(match => match.Groups["kind"].Value == "Reference").Select(match => match.Groups["name"].Value).ToHashSet();
        return EngineBook.All.Where(engine => engine.Providers.Any(provider => packages.Contains(provider) || packages.Contains($"{provider}.Core"))).Select(engine => engine.Provider);
    }

    private static IEnumerable<ProviderForms> Used(SourceTree tree)
    {
        var texts = tree.Files.Where(file => !SourceTree.IsDesigner(file)).Select(tree.Read).OfType<string>().Where(text => text.Contains(".Use", StringComparison.Ordinal)).ToArray();
        return Forms.Where(forms => texts.Any(text => forms.UseMethods.Any(method => text.Contains($".{method}(", StringComparison.Ordinal) || text.Contains($".{method}<", StringComparison.Ordinal))));
    }

    /// <summary>The packages with their versions; conditions are not looked at.</summary>
    private static Dictionary<string, string?> Packages(IReadOnlyList<string> texts)
    {
        var properties = texts.SelectMany(text => Property().Matches(text)).ToLookup(match => match.Groups["name"].Value, match => match.Groups["value"].Value);
        var packages = new Dictionary<string, string?>();
        foreach (var match in texts.SelectMany(text => Package().Matches(text)))
        {
            var name = match.Groups["name"].Value;
            var said = Version().Match(match.Value).Groups["version"].Value;
            var version = Reference().Replace(said, reference => properties[reference.Groups["name"].Value].FirstOrDefault() ?? reference.Value);
            packages[name] = packages.GetValueOrDefault(name) ?? (version.Length == 0 || version.Contains('$', StringComparison.Ordinal) ? null : version);
        }
        return packages;
    }

    private static string[] Texts(IEnumerable<string> files) => [.. files.Select(file => Comment().Replace(File.ReadAllText(file), ""))];

    private static IEnumerable<string> Projects(string directory) => Directory.Exists(directory) ? Directory.EnumerateFiles(directory, "*.*proj") : [];

    /// <summary>The files that MSBuild reads by itself: of each name the nearest.</summary>
    private static IEnumerable<string> Around(string directory)
    {
        foreach (var name in new[] { "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props" })
        {
            for (var folder = directory; folder is not null; folder = Path.GetDirectoryName(folder))
            {
                var file = Path.Combine(folder, name);
                if (File.Exists(file))
                {
                    yield return file;
                    break;
                }
            }
        }
    }

    [GeneratedRegex("""<Package(?<kind>Reference|Version)\s[^>]*\b(?:Include|Update)="(?<name>[^"]+)"[^>]*>(?:\s*<Version>[^<]*</Version>)?""")]
    private static partial Regex Package();

    [GeneratedRegex("<!--.*?-->", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"<(?<name>\w+)>(?<value>[^<$]+)</\k<name>>")]
    private static partial Regex Property();

    [GeneratedRegex(@"\$\((?<name>\w+)\)")]
    private static partial Regex Reference();

    [GeneratedRegex("""\bVersion(?:Override)?(?:="|>)(?<version>[^"<]+)["<]""")]
    private static partial Regex Version();
}
