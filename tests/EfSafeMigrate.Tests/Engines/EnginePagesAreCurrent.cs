namespace EfSafeMigrate.Tests.Engines;

/// <summary>docs/engines is output: UPDATE_DOCS=1 writes it, any other run compares.</summary>
public class EnginePagesAreCurrent
{
    [Fact]
    public void Postgresql() => Check(LockMatrix.Postgres);

    [Fact]
    public void Sqlite() => Check(LockMatrix.Sqlite);

    [Fact]
    public void Mariadb() => Check(LockMatrix.MariaDb);

    [Fact]
    public void Sqlserver() => Check(DocumentedPage.SqlServer.Id, DocumentedPage.Of());

    private static void Check(LockMatrix matrix) => Check(matrix.Engine.Id, EnginePage.Of(matrix));

    private static void Check(string engine, string page)
    {
        var file = Path.Combine(Root(), "docs", "engines", $"{engine}.md");
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, page);
            return;
        }
        File.Exists(file).ShouldBeTrue($"docs/engines/{engine}.md does not exist: run the tests once with UPDATE_DOCS=1");
        (File.ReadAllText(file) == page).ShouldBeTrue($"docs/engines/{engine}.md is out of date: run the tests once with UPDATE_DOCS=1");
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "EfSafeMigrate.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("no EfSafeMigrate.sln above the tests");
        }
        return folder.FullName;
    }
}
