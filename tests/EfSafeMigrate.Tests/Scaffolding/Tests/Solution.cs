using EfSafeMigrate.Scaffolding;

namespace EfSafeMigrate.Tests.Scaffolding.Tests;

/// <summary>A folder with a solution, whose project <c>Shop</c> has migrations.</summary>
internal sealed class Solution : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("safe-migrate-solution-").FullName;

    public Solution()
    {
        Write("Shop.sln", "");
        Write("src/Shop/Shop.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\" />");
    }

    public string Project => PathOf("src/Shop/Shop.csproj");

    public string PathOf(string file) => Path.Combine(folder, file.Replace('/', Path.DirectorySeparatorChar));

    public void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(file))!);
        File.WriteAllText(PathOf(file), text);
    }

    /// <summary>A project of tests beside it.</summary>
    public void WriteTests(string name, string package = "xunit", string reference = "../../src/Shop/Shop.csproj", string more = "") => Write(
        $"tests/{name}/{name}.csproj", $"<Project Sdk=\"Microsoft.NET.Sdk\">{more}<ItemGroup><PackageReference Include=\"{package}\" /><ProjectReference Include=\"{reference}\" /></ItemGroup></Project>");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>What a person has of it, with its changes.</summary>
    public static string TextOf(FileChange change) => change.Text!.ReplaceLineEndings("\n");
}
