using EfSafeMigrate.Scaffolding.Tests;

namespace EfSafeMigrate.Tests.Scaffolding.Tests;

public sealed class TheTestProjectIsFound : IDisposable
{
    private readonly Solution solution = new();

    public void Dispose() => solution.Dispose();

    [Theory]
    [InlineData("xunit")]
    [InlineData("xunit.v3")]
    [InlineData("xunit.v3.core")]
    public void ByItsPackageAndItsReference(string package)
    {
        solution.WriteTests("Shop.Tests", package);
        solution.WriteTests("Other.Tests", package, reference: "../../src/Other/Other.csproj");
        solution.WriteTests("Shop.Specs", "NUnit");

        TestProject.Find(solution.Project, given: null).Name.ShouldBe("Shop.Tests");
    }

    [Fact]
    public void ThroughAnotherProject()
    {
        solution.Write("src/Web/Web.csproj", "<Project><ItemGroup><ProjectReference Include=\"..\\Shop\\Shop.csproj\" /></ItemGroup></Project>");
        solution.WriteTests("Web.Tests", reference: "../../src/Web/Web.csproj");

        TestProject.Find(solution.Project, given: null).Name.ShouldBe("Web.Tests");
    }

    [Fact]
    public void NoneIsRefused() =>
        Should.Throw<SafeMigrateException>(() => TestProject.Find(solution.Project, given: null)).Message.ShouldBe("No test project uses xunit and refers to Shop.csproj.");

    [Fact]
    public void OneOfSeveralIsNamed()
    {
        solution.WriteTests("Shop.Tests");
        solution.WriteTests("Shop.Integration.Tests");

        var refused = Should.Throw<SafeMigrateException>(() => TestProject.Find(solution.Project, given: null));
        refused.Message.ShouldStartWith("Several test projects refer to Shop.csproj: ");
        refused.Next.ShouldContain("--test-project");
        TestProject.Find(solution.Project, solution.PathOf("tests/Shop.Integration.Tests")).Name.ShouldBe("Shop.Integration.Tests");
        Should.Throw<SafeMigrateException>(() => TestProject.Find(solution.Project, solution.PathOf("tests/Nowhere"))).Message.ShouldContain("Nowhere");
    }

    [Theory]
    [InlineData("Shop.Tests", "", "Shop.Tests")]
    [InlineData("Shop-Tests.2", "", "Shop_Tests._2")]
    [InlineData("Shop.Tests", "<PropertyGroup><RootNamespace>Acme.Checks</RootNamespace></PropertyGroup>", "Acme.Checks")]
    public void ItsNamespaceIsTheCompilers(string name, string said, string space)
    {
        solution.WriteTests(name, more: said);

        TestProject.RootNamespace(TestProject.Find(solution.Project, given: null)).ShouldBe(space);
    }
}
