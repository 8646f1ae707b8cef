using System.Text.RegularExpressions;

namespace EfSafeMigrate.Tests.Uses;

/// <summary>What reads the code knows changes, SQL and projects; nothing but commands, reports and documents asks it.</summary>
public partial class UsesKnowNoReports
{
    private static readonly string Source = Path.Combine(Approval.Root, "src", "EfSafeMigrate");

    [Theory]
    [InlineData("Uses", "Changes", "Sql", "Projects", "Projects.Code")]
    [InlineData("Projects/Code", "Projects.Source")]
    public void AFolderUsesNoneButThese(string folder, params string[] others) =>
        Files(folder).SelectMany(Used).Distinct().Except(others).ShouldBeEmpty();

    [Fact]
    public void AndIsUsedByNoneButThese() =>
        Directory.EnumerateDirectories(Source).Select(folder => Path.GetFileName(folder)).Where(folder => folder is not ("bin" or "obj") && Files(folder).Any(file => Used(file).Contains("Uses")))
            .Except(["Uses", "Commands", "Reports", "Documents"]).ShouldBeEmpty();

    private static IEnumerable<string> Files(string folder) => Directory.EnumerateFiles(Path.Combine(Source, folder), "*.cs", SearchOption.AllDirectories);

    private static IEnumerable<string> Used(string file) => Using().Matches(File.ReadAllText(file)).Select(found => found.Groups["space"].Value);

    [GeneratedRegex(@"^using EfSafeMigrate\.(?<space>[\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Using();
}
