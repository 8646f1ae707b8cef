using EfSafeMigrate.Scaffolding.Tests;

namespace EfSafeMigrate.Tests.Scaffolding.Tests;

/// <summary>A test goes on naming the migrations when they are rewritten; what else somebody has made of it stays.</summary>
public sealed class TestsAreKeptInStep : IDisposable
{
    private const string File = "tests/Shop.Tests/MigrationTests/TierTests.cs";

    private const string Expand = "20260101000000_Tier1Expand";
    private const string Contract = "20260101000001_Tier4Contract";

    private readonly Solution solution = new();

    public TestsAreKeptInStep() => solution.WriteTests("Shop.Tests");

    public void Dispose() => solution.Dispose();

    [Fact]
    public void OthersStandInTheirPlace()
    {
        Write([Expand, Contract], []);

        var changed = TestsInStep.Of(solution.Project, [Expand, Contract], after: null, ["20260202000000_Tier1Expand"], ["20260202000000_Tier1Expand"]).ShouldHaveSingleItem();

        changed.Path.ShouldBe(solution.PathOf(File));
        Solution.TextOf(changed).ShouldBe(Text(["20260202000000_Tier1Expand"], ["20260202000000_Tier1Expand"]));
    }

    [Fact]
    public void AContractComesBehindThem()
    {
        Write([Expand], [Expand]);

        var changed = TestsInStep.Of(solution.Project, [], Expand, [Contract], []).ShouldHaveSingleItem();

        Solution.TextOf(changed).ShouldBe(Text([Expand, Contract], [Expand]));
    }

    [Fact]
    public void OneGoesWhenAllThatItNamesAreGone()
    {
        Write([Expand], []);

        TestsInStep.Of(solution.Project, [Expand], after: null, [], []).ShouldHaveSingleItem().Text.ShouldBeNull();
    }

    [Fact]
    public void OthersStay()
    {
        Write(["20260101000000_Other"], []);
        solution.Write("tests/Shop.Tests/Own.cs", $"class Own {{ string id = \"{Expand}\"; string[] Migrations = [Own.Name]; }}");

        TestsInStep.Of(solution.Project, [Expand], after: null, [Contract], []).ShouldBeEmpty();
    }

    private void Write(string[] migrations, string[] held) => solution.Write(File, Text(migrations, held));

    private static string Text(string[] migrations, string[] held) => $$"""
        public class TierTests
        {
            private static readonly string[] Migrations =
            [{{MigrationTest.List(migrations)}}];

            private static readonly string[] Held = [{{MigrationTest.List(held)}}];

            // Mine.
            private const string Rows = "SELECT 1";
        }
        """.ReplaceLineEndings("\n");
}
