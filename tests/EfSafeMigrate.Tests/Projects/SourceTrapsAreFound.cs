using EfSafeMigrate.Changes;
using EfSafeMigrate.Projects;

namespace EfSafeMigrate.Tests.Projects;

public sealed class SourceTrapsAreFound : IDisposable
{
    private const string Id = "20260101000000_Fill";

    private readonly string folder = Directory.CreateTempSubdirectory("safe-migrate-traps-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void ADesignerFileThatIsMissing()
    {
        Migration("Fill", "");
        Write("Migrations/Fill.Designer.cs", "namespace App.Migrations; [DbContext(typeof(Shop))] [Migration(\"20260101000000_Fill\")] partial class Fill { }");
        Migration("Lost", "");

        var lost = Traps().Migrations.Single(migration => migration.IsIgnored);

        lost.Changes.ShouldBe([new IgnoredMigration("Lost", "[Migration] or [DbContext]") { Origin = new("Lost", 0, "Migration") { File = "Migrations/Lost.cs", Line = 4 } }]);
    }

    [Theory]
    [InlineData("[Migration(\"1_A\")] [DbContext(typeof(C))]", "")]
    [InlineData("[Microsoft.EntityFrameworkCore.Migrations.MigrationAttribute(\"1_A\"), DbContextAttribute(typeof(C))]", "")]
    [InlineData("[Migration(\"1_A\")]", "[DbContext]")]
    [InlineData("[DbContext(typeof(C))]", "[Migration]")]
    public void AnAttributeThatIsMissing(string attributes, string missing)
    {
        Write("A.cs", $"{attributes} public class A : Microsoft.EntityFrameworkCore.Migrations.Migration {{ protected override void Up(MigrationBuilder b) {{ }} }}");

        string.Concat(Traps().Migrations.SelectMany(migration => migration.Changes).OfType<IgnoredMigration>().Select(ignored => ignored.Missing)).ShouldBe(missing);
    }

    [Theory]
    [InlineData("A.cs", "public abstract class Base : Migration { protected override void Up(MigrationBuilder b) { } }")]
    [InlineData("A.cs", "// a class of FluentMigrator\n[Migration(20260101)] public class A : Migration { public override void Up() { } }")]
    [InlineData("bin/A.cs", "public class A : Migration { protected override void Up(MigrationBuilder b) { } }")]
    [InlineData("Other/A.cs", "public class A : Migration { protected override void Up(MigrationBuilder b) { } }")]
    public void NotWhereNothingIsMissing(string file, string text)
    {
        Write("Other/Other.csproj", "<Project />");
        Write(file, text);

        Traps().Migrations.ShouldAllBe(migration => !migration.IsIgnored);
    }

    [Theory]
    [InlineData("using var db = new Shop(); db.SaveChanges();", "Shop")]
    [InlineData("var db = services.GetRequiredService<Shop>();", "Shop")]
    [InlineData("foreach (Order order in all) { }", "Order")]
    [InlineData("var all = new List<Order>();", "Order")]
    [InlineData("b.Sql($\"UPDATE o SET s = {Order.Status}\");", "Order")]
    [InlineData("var o = new App.Models.Order();", "Order")]
    public void AClassOfTheApplication(string code, string used)
    {
        Migration("Fill", code, "using App.Models;");
        Designer();

        var use = Traps().Migrations.Single().Changes.OfType<LiveModelUse>().ShouldHaveSingleItem();

        use.Used.ShouldBe(used);
        (use.Origin.File, use.Origin.Line).ShouldBe(($"Migrations/{Id}.cs", 6));
    }

    [Theory]
    [InlineData("using App.Models;", "b.DropTable(\"Order\");")]
    [InlineData("using App.Models;", "b.DropTable(nameof(Order));")]
    [InlineData("using App.Models;", "b.DropColumn(nameof(Order.Note), nameof(Order));")]
    [InlineData("using App.Models;", "var Order = 1; Use(x: table => new { Order = 2 });")]
    [InlineData("using App.Frozen;", "var o = new Order();")]
    [InlineData("using App.Models;", "var o = new Frozen.Order();")]
    [InlineData("using App.Models;", "var o = new Order(); } private sealed class Order {")]
    public void NotWhatOnlyHasItsName(string opened, string code)
    {
        Migration("Fill", code, opened);
        Designer();

        Traps().Migrations.Single().Changes.ShouldBeEmpty();
    }

    private ChangeSet Traps() => SourceTraps.AddTo(new([new(Id, DatabaseModel.Empty, [])]), EfSafeMigrate.Projects.Source.SourceTree.InFolder(folder), "Shop") is var set
        ? set with { Migrations = [.. set.Migrations.Where(migration => migration.IsIgnored || migration.Id == Id)] } : set;

    private void Migration(string name, string code, string opened = "") =>
        Write($"Migrations/{(name == "Fill" ? Id : name)}.cs", $"{opened}\nnamespace App.Migrations;\n\npublic partial class {name} : Migration {{\n    protected override void Up(MigrationBuilder b) {{\n        {code}\n    }}\n}}");

    private void Designer() =>
        Write($"Migrations/{Id}.Designer.cs", $"namespace App.Migrations;\n[DbContext(typeof(Shop))] [Migration(\"{Id}\")] partial class Fill {{ void B(ModelBuilder m) {{ m.Entity(\"App.Models.Order\", b => {{ }}); }} }}");

    private void Write(string file, string text)
    {
        var path = Path.Combine(folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
