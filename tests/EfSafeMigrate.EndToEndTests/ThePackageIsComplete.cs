using System.IO.Compression;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace EfSafeMigrate.EndToEndTests;

/// <summary>What a stranger sees of the package: its page, its commit, its symbols.</summary>
public sealed partial class ThePackageIsComplete
{
    [Fact]
    public async Task WithIconReadmeNotesAndCommit()
    {
        var commit = (await Shell.RunAsync(InstalledTool.Repository, "git", ["rev-parse", "HEAD"])).Output.Trim();
        using var package = await OpenAsync(".nupkg");
        var names = package.Entries.Select(entry => entry.FullName).ToArray();
        names.ShouldContain("README.md");
        names.ShouldContain("CHANGELOG.md");
        names.ShouldContain("tools/net8.0/any/agent/EfSafeMigrate.Agent.dll");
        Bytes(package, "icon.png")[..8].ShouldBe([0x89, .. "PNG\r\n\u001a\n"u8]);

        var metadata = XDocument.Parse(Text(package, "EfSafeMigrate.nuspec")).Root!.Elements().Single();
        string Of(string name) => metadata.Elements().Single(element => element.Name.LocalName == name).Value;
        (Of("icon"), Of("readme"), Of("license")).ShouldBe(("icon.png", "README.md", "MIT"));
        Of("releaseNotes").ShouldContain("Keep a Changelog");
        metadata.Elements().Single(element => element.Name.LocalName == "repository").Attribute("commit")!.Value.ShouldBe(commit);
    }

    [Fact]
    public async Task WithSymbolsThatLeadToTheSources()
    {
        using var symbols = await OpenAsync(".snupkg");
        var debug = symbols.Entries.Where(entry => entry.Name == "dotnet-safe-migrate.pdb").ToArray();

        debug.Length.ShouldBeGreaterThan(0);
        // Portable, as servers of symbols want it.
        Bytes(symbols, debug[0].FullName)[..4].ShouldBe("BSJB"u8.ToArray());
    }

    [Fact]
    public async Task AndSaysWhichItIs()
    {
        var folder = Directory.CreateTempSubdirectory("safe-migrate-e2e-dnx-").FullName;
        var said = await Shell.RunAsync(folder, "dotnet", ["tool", "exec", "EfSafeMigrate", "--yes", "--source", await InstalledTool.PackedAsync(), "--", "--version"], environment: new Dictionary<string, string> { ["NUGET_PACKAGES"] = Path.Combine(folder, "packages") });
        Directory.Delete(folder, recursive: true);

        said.Code.ShouldBe(0, said.Output + said.Error);
        said.Output.Trim().Split('\n')[^1].ShouldMatch(@"^\d+\.\d+\.\d+ \([0-9a-f]{7}\)$");
    }

    /// <summary>The version of the package has its section, and every section its sign.</summary>
    [Fact]
    public void TheChangelogIsOne()
    {
        var text = File.ReadAllText(Path.Combine(InstalledTool.Repository, "CHANGELOG.md"));
        var sections = Section().Matches(text).Select(found => found.Value).ToArray();

        sections[0].ShouldBe("## [Unreleased]");
        sections.Skip(1).ShouldAllBe(section => Version().IsMatch(section));
        Kind().Matches(text).Select(found => found.Groups["kind"].Value).ShouldBeSubsetOf(["Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"]);
    }

    private static async Task<ZipArchive> OpenAsync(string extension) => await ZipFile.OpenReadAsync(Directory.GetFiles(await InstalledTool.PackedAsync(), $"EfSafeMigrate.*{extension}").Single(file => file.EndsWith(extension, StringComparison.Ordinal)));

    private static byte[] Bytes(ZipArchive archive, string name)
    {
        using var stream = archive.GetEntry(name)!.Open();
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    private static string Text(ZipArchive archive, string name) => System.Text.Encoding.UTF8.GetString(Bytes(archive, name)).TrimStart('\uFEFF');

    [GeneratedRegex("^## .*$", RegexOptions.Multiline)]
    private static partial Regex Section();

    [GeneratedRegex(@"^## \[\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d$")]
    private static partial Regex Version();

    [GeneratedRegex("^### (?<kind>.*)$", RegexOptions.Multiline)]
    private static partial Regex Kind();
}
