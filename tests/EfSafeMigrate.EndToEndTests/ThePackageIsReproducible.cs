using System.IO.Compression;
using System.Security.Cryptography;

namespace EfSafeMigrate.EndToEndTests;

/// <summary>Whoever packs the same commit in another folder gets the same assemblies and symbols, byte for byte.</summary>
public sealed class ThePackageIsReproducible
{
    private static readonly string[] Packed =
    [
        "tools/net8.0/any/agent/EfSafeMigrate.Agent.dll", "tools/net8.0/any/dotnet-safe-migrate.dll", "tools/net8.0/any/dotnet-safe-migrate.deps.json", "tools/net8.0/any/dotnet-safe-migrate.pdb",
    ];

    [Fact]
    public async Task InAnyFolder()
    {
        var folder = Directory.CreateTempSubdirectory("safe-migrate-e2e-elsewhere-").FullName;
        var (sources, packages) = (Directory.CreateDirectory(Path.Combine(folder, "some where", "else")).FullName, Path.Combine(folder, "packages"));
        CopyTo(sources);

        var packed = await Shell.RunAsync(sources, "dotnet", ["pack", Path.Combine("src", "EfSafeMigrate"), "-c", "Release", "-o", packages, "-nologo", "-v:q", "-p:RunAnalyzers=false"], minutes: 15);

        packed.Code.ShouldBe(0, packed.Output + packed.Error);
        var (here, there) = (Hashes(await InstalledTool.PackedAsync()), Hashes(packages));
        Directory.Delete(folder, recursive: true);
        here.Keys.ShouldBe(Packed, ignoreOrder: true);
        there.ShouldBe(here);
    }

    /// <summary>What a package is made of, at the commit that it says.</summary>
    private static void CopyTo(string folder)
    {
        foreach (var name in new[] { "src", "docs", "templates", "assets" })
        {
            InstalledTool.CopyFolder(Path.Combine(InstalledTool.Repository, name), Path.Combine(folder, name));
        }
        // What git ignores is put into the symbols, for it can be had nowhere else.
        foreach (var name in new[] { ".gitignore", ".editorconfig", "Directory.Build.targets", "README.md", "CHANGELOG.md" })
        {
            File.Copy(Path.Combine(InstalledTool.Repository, name), Path.Combine(folder, name));
        }
        var git = Path.Combine(InstalledTool.Repository, ".git");
        File.WriteAllText(Path.Combine(folder, ".git"), File.Exists(git) ? File.ReadAllText(git) : $"gitdir: {git}\n");
    }

    private static SortedDictionary<string, string> Hashes(string packages)
    {
        SortedDictionary<string, string> hashes = new(StringComparer.Ordinal);
        foreach (var file in Directory.GetFiles(packages, "EfSafeMigrate.*"))
        {
            using var package = ZipFile.OpenRead(file);
            foreach (var entry in package.Entries.Where(entry => Packed.Contains(entry.FullName)))
            {
                using var stream = entry.Open();
                hashes[entry.FullName] = Convert.ToHexString(SHA256.HashData(stream));
            }
        }
        return hashes;
    }
}
