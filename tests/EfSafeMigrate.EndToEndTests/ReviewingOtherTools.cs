namespace EfSafeMigrate.EndToEndTests;

/// <summary>Migrations of another tool beside a program that has nothing of EF Core.</summary>
[Collection(nameof(InstalledTool))]
public sealed class ReviewingOtherTools(InstalledTool tool)
{
    [Fact]
    public async Task AProjectWithoutEfCoreIsNoHindrance()
    {
        var folder = Path.Combine(tool.Scratch, $"other-{Guid.NewGuid():N}");
        InstalledTool.CopyFolder(Path.Combine(InstalledTool.Repository, "tests", "EfSafeMigrate.Tests", "Data", "Foreign", "flyway"), folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "App.csproj"), """<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>""");

        var review = await tool.RunAsync(folder, ["review", "--migration", "V10__customer_note"]);

        review.Code.ShouldBe(1, review.Error);
        review.Output.ShouldContain(" · Flyway\n");
        review.Output.ShouldContain("✗ drop-column");

        var chosen = await tool.RunAsync(folder, ["review", "--tool", "flyway", "--last", "1", "--json"]);
        chosen.Code.ShouldBe(0, chosen.Error);
        chosen.Error.ShouldBeEmpty();
        chosen.Output.ShouldContain("\"id\": \"R__open_orders\"");
    }
}
