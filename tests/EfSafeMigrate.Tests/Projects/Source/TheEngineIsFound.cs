using EfSafeMigrate.Commands;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Projects.Source;
using EfSafeMigrate.Rules;
using EfSafeMigrate.Settings;

namespace EfSafeMigrate.Tests.Projects.Source;

public sealed class TheEngineIsFound : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("safe-migrate-engine-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("Npgsql.EntityFrameworkCore.PostgreSQL", "postgresql")]
    [InlineData("Microsoft.EntityFrameworkCore.SqlServer", "sqlserver")]
    [InlineData("Microsoft.EntityFrameworkCore.Sqlite.Core", "sqlite")]
    [InlineData("Pomelo.EntityFrameworkCore.MySql", "mysql")]
    public void By_the_package(string package, string engine)
    {
        Write("App.csproj", $"<Project><PropertyGroup><EfVersion>9.0.1</EfVersion></PropertyGroup><!-- <PackageReference Include=\"MySql.EntityFrameworkCore\" /> --><ItemGroup><PackageReference Include=\"{package}\" Version=\"$(EfVersion)\" /></ItemGroup></Project>");
        Write("A.cs", Sources.Migration("migrationBuilder.DropTable(\"T\");").Text);

        var review = Review();

        (review.Engine.Id, review.ProviderVersion).ShouldBe((engine, "9.0.1"));
    }

    [Fact]
    public void Not_by_what_a_folder_above_gives_to_other_projects()
    {
        Write("Directory.Build.targets", "<Project><ItemGroup><PackageReference Include=\"Microsoft.EntityFrameworkCore.Sqlite\" Version=\"9.0.1\" Condition=\"'$(Sqlite)' != ''\" /></ItemGroup></Project>");
        Write("Directory.Packages.props", "<Project><ItemGroup><PackageVersion Include=\"Microsoft.EntityFrameworkCore.SqlServer\" Version=\"9.0.2\" /><PackageVersion Include=\"Npgsql.EntityFrameworkCore.PostgreSQL\" Version=\"9.0.3\" /></ItemGroup></Project>");
        Write("App.csproj", "<Project><ItemGroup><PackageReference Include=\"Npgsql.EntityFrameworkCore.PostgreSQL\" /></ItemGroup></Project>");
        Write("A.cs", Sources.Migration("migrationBuilder.DropTable(\"T\");").Text);

        var review = Review();

        (review.Engine.Id, review.ProviderVersion).ShouldBe(("postgresql", "9.0.3"));
    }

    [Theory]
    [InlineData("options.UseNpgsql(connection)", "", "postgresql")]
    [InlineData("options.UseMySql(connection, new MySqlServerVersion(\"8.0\"))", "", "mysql")]
    [InlineData("options.UseMySql(connection, new MariaDbServerVersion(\"10.11\"))", "", "mariadb")]
    [InlineData("if (test) { options.UseSqlite(); } else { options.UseSqlServer(connection); }", ".Annotation(\"SqlServer:Clustered\", true)", "sqlserver")]
    [InlineData("", ".Annotation(\"Sqlite:Autoincrement\", true)", "sqlite")]
    public void By_what_the_source_says(string configuration, string annotation, string engine)
    {
        Write("App.csproj", "<Project />");
        Write("Shop.cs", $"class Shop : DbContext {{ void OnConfiguring(DbContextOptionsBuilder options) {{ {configuration}; }} }}");
        Write("A.cs", Sources.Migration($"migrationBuilder.DropTable(\"T\"){annotation};").Text);

        Review().Engine.Id.ShouldBe(engine);
    }

    [Fact]
    public void Or_whoever_runs_it_says()
    {
        Write("App.csproj", "<Project />");
        Write("A.cs", Sources.Migration("migrationBuilder.DropTable(\"T\");").Text);

        Should.Throw<SafeMigrateException>(() => Review()).ShouldSatisfyAllConditions(
            refusal => refusal.Message.ShouldBe("Nothing in `App` tells which database its migrations are for."),
            refusal => refusal.Next.ShouldBe("say it with --engine: postgresql, sqlite, mysql, mariadb, sqlserver"));
        Review(EngineBook.All.Single(engine => engine.Id == "mariadb")).Engine.Id.ShouldBe("mariadb");
        Write(".config/safe-migrate.json", "{ \"schemaVersion\": 1, \"engine\": \"sqlserver\" }");
        Review().Engine.Id.ShouldBe("sqlserver");
    }

    [Fact]
    public void And_model_changes_are_not_looked_for()
    {
        Write("App.csproj", "<Project />");
        Write("A.cs", Sources.Migration("migrationBuilder.DropTable(\"T\");").Text);

        Review(EngineBook.All[0]).Notes.ShouldHaveSingleItem().ShouldContain("Model changes that have no migration yet are not looked for");
    }

    private EfSafeMigrate.Reports.Review Review(Engine? engine = null) =>
        SourceReview.Of(SourceTree.InFolder(folder), "App", null, engine, ids => ids, new(new GivenFacts(null, []), Together: true, new(new SafeMigrateSettings(), Policy.None, Advice: false, Severity.Dangerous), null));

    private void Write(string file, string text)
    {
        var path = Path.Combine(folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
