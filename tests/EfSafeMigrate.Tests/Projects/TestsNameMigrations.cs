using EfSafeMigrate.Projects.Code;
using EfSafeMigrate.Tests.Scaffolding.Tests;

namespace EfSafeMigrate.Tests.Projects;

public sealed class TestsNameMigrations : IDisposable
{
    private const string Id = "20260101000000_AddTier";

    private readonly Solution solution = new();

    public TestsNameMigrations() => solution.WriteTests("Shop.Tests");

    public void Dispose() => solution.Dispose();

    [Theory]
    [InlineData("AddTierTests.cs", "class A;")]
    [InlineData("A.cs", "class AddTierTests;")]
    [InlineData("A.cs", "class Test_AddTier;")]
    [InlineData("A.cs", "class WhenAddTierRuns;")]
    [InlineData("A.cs", "class A { object b = typeof(Shop.Migrations.AddTier); }")]
    [InlineData("A.cs", "class A { object b = new AddTier(); }")]
    [InlineData("A.cs", "class A { string b = nameof(Migrations.AddTier); }")]
    [InlineData("A.cs", "class A { string[] b = [\"20260101000000_AddTier\"]; }")]
    [InlineData("A.cs", "class A { string b = \"AddTier\"; }")]
    public void OneThatDoesCounts(string file, string code) => Knows(file, code).ShouldBeTrue();

    [Theory]
    [InlineData("A.cs", "class A { /* AddTier, 20260101000000_AddTier */ }")]
    [InlineData("AddTiersTests.cs", "class AddTiers;")]
    [InlineData("A.cs", "class A { string b = \"AddTier is to come\"; }")]
    [InlineData("A.cs", "class A { void AddTier() { } }")]
    public void OneThatDoesNotIsNone(string file, string code) => Knows(file, code).ShouldBeFalse();

    private bool Knows(string file, string code)
    {
        solution.Write($"tests/Shop.Tests/{file}", code);
        return new TestNames(CodeProjects.Near(solution.Project).Where(project => project.IsTest)).Knows(Id, "AddTier");
    }
}
