using EfSafeMigrate.Reports;

namespace EfSafeMigrate.Tests.Reports;

public sealed class PathsLeadFromTheRepository : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("safe-migrate-paths-").FullName;

    private string Project => Directory.CreateDirectory(Path.Combine(root, "src", "Shop")).FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public void WhereThereIsOne()
    {
        Directory.CreateDirectory(Path.Combine(root, ".git"));

        ReviewedFolder.Of(Project).PathOf("Migrations/a.cs").ShouldBe("src/Shop/Migrations/a.cs");
    }

    [Fact]
    public void WhereItIsAWorktree()
    {
        File.WriteAllText(Path.Combine(root, "src", Path.GetFileName(Directory.CreateDirectory(Path.Combine(root, "src")).FullName), "..", ".git"), "gitdir: elsewhere");

        ReviewedFolder.Of(Project).PathOf("Migrations/a.cs").ShouldBe("Shop/Migrations/a.cs");
    }

    [Fact]
    public void FromTheNearest()
    {
        Directory.CreateDirectory(Path.Combine(root, ".git"));
        Directory.CreateDirectory(Path.Combine(Project, ".git"));

        ReviewedFolder.Of(Project).PathOf("Migrations/a.cs").ShouldBe("Migrations/a.cs");
    }

    [Fact]
    public void InFullWhenTheFileIsOutside()
    {
        Directory.CreateDirectory(Path.Combine(Project, ".git"));

        ReviewedFolder.Of(Project).PathOf("../Other/a.cs").ShouldBe(Path.Combine(root, "src", "Other", "a.cs").Replace(Path.DirectorySeparatorChar, '/'));
    }

    [Fact]
    public void NotForStandardInput() => ReviewedFolder.Of(Project).PathOf(ReviewedFolder.StandardInput).ShouldBe("<stdin>");
}
