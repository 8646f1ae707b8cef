using System.Text.RegularExpressions;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Tests.Documents;

public partial class LayersPointOneWay
{
    private static readonly string[] Allowed = ["Changes", "Engines", "Facts", "Plans", "Reports", "Rules", "Settings", "Updates", "Uses"];

    private static readonly string Source = Path.Combine(Approval.Root, "src", "EfSafeMigrate");

    private static IReadOnlyList<(string File, string Text)> Documents { get; } =
        [.. Directory.GetFiles(Path.Combine(Source, "Documents"), "*.cs").Select(file => (Path.GetFileName(file), File.ReadAllText(file)))];

    [Fact]
    public void DocumentsUseWhatStandsBelowThem()
    {
        Documents.Count.ShouldBeGreaterThan(15);
        foreach (var (file, text) in Documents)
        {
            Using().Matches(text).Select(match => match.Groups["layer"].Value).Except(Allowed).ShouldBeEmpty(file);
        }
    }

    [Fact]
    public void OnlyCommandsUseDocuments() =>
        Directory.GetFiles(Source, "*.cs", SearchOption.AllDirectories).Where(file => File.ReadAllText(file).Contains("using EfSafeMigrate.Documents", StringComparison.Ordinal))
            .Select(file => Path.GetFileName(Path.GetDirectoryName(file))).Distinct().ShouldBe(["Commands"]);

    [Fact]
    public void DocumentsNameNoEngine()
    {
        foreach (var (file, text) in Documents)
        {
            EngineBook.All.SelectMany(engine => new[] { engine.Id, engine.Name, engine.Providers[0].Split('.')[0] }).Where(name => name != "Microsoft" && text.Contains(name, StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty(file);
        }
    }

    [GeneratedRegex(@"^using (?:static )?EfSafeMigrate\.(?<layer>\w+)", RegexOptions.Multiline)]
    private static partial Regex Using();
}
