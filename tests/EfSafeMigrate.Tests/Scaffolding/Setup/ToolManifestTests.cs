using System.Text.Json;
using EfSafeMigrate.Scaffolding.Setup;

namespace EfSafeMigrate.Tests.Scaffolding.Setup;

public sealed class ToolManifestTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("""{ "version": 1, "isRoot": true, "tools": {} }""")]
    [InlineData("""{ "version": 1, /* ours */ "tools": { "dotnet-ef": { "version": "10.0.0", "commands": ["dotnet-ef"] }, } }""")]
    [InlineData("""{ "version": 1 }""")]
    public void HasTheTool(string? before)
    {
        var after = ToolManifest.With(before, "1.2.3");

        var tools = JsonDocument.Parse(after).RootElement.GetProperty("tools");
        tools.GetProperty("efsafemigrate").GetRawText().ReplaceLineEndings("").Replace(" ", "", StringComparison.Ordinal).ShouldBe("""{"version":"1.2.3","commands":["dotnet-safe-migrate"],"rollForward":false}""");
        tools.TryGetProperty("dotnet-ef", out _).ShouldBe(before?.Contains("dotnet-ef", StringComparison.Ordinal) == true);
        ToolManifest.With(after, "9.9.9").ShouldBe(after, "the version that is there stays");
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{ not JSON")]
    public void NothingIsGuessed(string before) =>
        Should.Throw<SafeMigrateException>(() => ToolManifest.With(before, "1.2.3")).Message.ShouldBe("`.config/dotnet-tools.json` is no tool manifest.");
}
