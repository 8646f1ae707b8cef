using System.Text.Json;

namespace EfSafeMigrate.EndToEndTests;

/// <summary>One run, one review, several readers.</summary>
[Collection(nameof(InstalledTool))]
public sealed class ReportsForOthers(InstalledTool tool)
{
    [Fact]
    public async Task AreWrittenBesideTheText()
    {
        var folder = Directory.CreateDirectory(Path.Combine(tool.Scratch, $"reports-{Guid.NewGuid():N}")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "a.sql"), "DROP TABLE a;");
        string[] review = ["review", "--sql", "a.sql", "--engine", "postgresql"];

        var text = await tool.RunAsync(folder, review);
        var both = await tool.RunAsync(folder, [.. review, "--output", "sarif=a.sarif", "--output", "html=a.html"]);
        var github = await tool.RunAsync(folder, [.. review, "--format", "github"]);
        var refused = await tool.RunAsync(folder, [.. review, "--output", "junit=nowhere/a.xml"]);
        var schema = await tool.RunAsync(folder, ["review", "--json-schema"]);

        (both.Code, both.Output, both.Error).ShouldBe((1, text.Output, ""));
        using var sarif = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "a.sarif")));
        sarif.RootElement.GetProperty("runs")[0].GetProperty("invocations")[0].GetProperty("exitCode").GetInt32().ShouldBe(1);
        (await File.ReadAllTextAsync(Path.Combine(folder, "a.html"))).ShouldStartWith("<!DOCTYPE html>");
        github.Code.ShouldBe(1);
        github.Output.ShouldContain("::error file=a.sql,line=1,col=1,title=drop-table::a is dropped");
        (refused.Code, refused.Output).ShouldBe((2, ""));
        refused.Error.ShouldContain("There is no folder `nowhere` for `nowhere/a.xml`.");
        schema.Code.ShouldBe(0);
        using var read = JsonDocument.Parse(schema.Output);
        read.RootElement.GetProperty("properties").EnumerateObject().ShouldNotBeEmpty();
    }
}
