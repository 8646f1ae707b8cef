using EfSafeMigrate.Projects.Source;

namespace EfSafeMigrate.Tests.Projects.Source;

public class MigrationsAreFoundInSource
{
    private const string Up = "protected override void Up(MigrationBuilder migrationBuilder) { }";
    private const string Target = "protected override void BuildTargetModel(ModelBuilder modelBuilder) { }";

    [Fact]
    public void AsEfWritesThem()
    {
        var found = In(
            ("Migrations/2_B.cs", $"namespace N {{ public partial class B : Migration {{ {Up} }} }}"),
            ("Migrations/2_B.Designer.cs", $"namespace N {{ [DbContext(typeof(Shop))]\n [Migration(\"2_B\")]\n partial class B {{ {Target} }} }}"),
            ("Migrations/1_A.cs", $"namespace N; public partial class A : Migration {{ {Up} }}"),
            ("Migrations/1_A.Designer.cs", $"namespace N; [DbContext(typeof(Shop))] [Migration(\"1_A\")] partial class A {{ {Target} }}"),
            ("Migrations/ShopModelSnapshot.cs", "namespace N; [DbContext(typeof(Shop))] partial class ShopModelSnapshot : ModelSnapshot { }"));

        found.Migrations.ShouldBe(
        [
            new("1_A", "Shop", "Migrations/1_A.cs", "Migrations/1_A.Designer.cs") { Class = "A" },
            new("2_B", "Shop", "Migrations/2_B.cs", "Migrations/2_B.Designer.cs") { Class = "B" },
        ]);
        found.Snapshots.ShouldBe([new("Shop", "Migrations/ShopModelSnapshot.cs")]);
    }

    [Theory]
    [InlineData("[Migration(\"1_A\"), DbContext(typeof(global::App.Shop))] class A : Migration")]
    [InlineData("[Microsoft.EntityFrameworkCore.Infrastructure.DbContextAttribute(typeof(App.Shop))] [Microsoft.EntityFrameworkCore.Migrations.MigrationAttribute(@\"1_A\")] class A : Migration")]
    [InlineData("static class Ids { public const string First = \"1_A\"; }\n[DbContext(typeof(Shop))]\n[Migration(Ids.First)]\ninternal sealed class A : Migration")]
    [InlineData("// [Migration(\"0_Z\")] class Z\n[DbContext(typeof(Shop))]\n[Migration(\"1_A\")] // as it was\nclass A : Migration")]
    [InlineData("/* [Migration(\"0_Z\")] class Z { } */ [DbContext(typeof(Shop))] [Migration(\"1_A\")] class A : Migration")]
    public void AsPeopleWriteThem(string declared) =>
        In(("A.cs", $"namespace N {{ {declared} {{ {Up} }} }}")).Migrations.ShouldBe([new("1_A", "Shop", "A.cs", null) { Class = "A" }]);

    [Fact]
    public void InFilesOfOtherNames() =>
        In(
            ("A.cs", $"public partial class First : Migration {{ {Up} }}"),
            ("B.cs", $"public partial class Second : Migration {{ {Up} }}"),
            ("Models/B.cs", $"[DbContext(typeof(Shop))] [Migration(\"1_First\")] partial class First {{ {Target} }}"))
        .Migrations.ShouldBe([new("1_First", "Shop", "A.cs", "Models/B.cs") { Class = "First" }]);

    [Fact]
    public void SeveralInOneFile() =>
        In(("All.cs", $"[DbContext(typeof(Shop))] [Migration(\"2_B\")] class B : Migration {{ {Up} }} [DbContext(typeof(Bills))] [Migration(\"1_A\")] class A : Migration {{ {Up} }}"))
        .Migrations.Select(each => (each.Id, each.Context, each.Class)).ShouldBe([("1_A", "Bills", "A"), ("2_B", "Shop", "B")]);

    [Fact]
    public void OfOneContext() =>
        In(("All.cs", "[DbContext(typeof(Shop))] [Migration(\"2_B\")] class B : Migration { } [DbContext(typeof(Bills))] [Migration(\"1_A\")] class A : Migration { }"))
        .Of("Bills").Migrations.Select(each => each.Id).ShouldBe(["1_A"]);

    [Theory]
    [InlineData("[Migration(20260101)] public class A : Migration { public override void Up() { } }")]
    [InlineData("class A { void Say() => Tell(new Migration(\"1_A\")); }")]
    public void NotThoseOfOthers(string text) => In(("A.cs", text)).Migrations.ShouldBeEmpty();

    private static SourceMigrations In(params (string File, string Text)[] files) => SourceMigrations.In(Sources.Tree(files));
}
