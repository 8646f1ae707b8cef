using System.Text.Json.Nodes;
using EfSafeMigrate.Projects;

namespace EfSafeMigrate.Tests.Projects;

/// <summary>The agent's runtime is the application's, tuned for a life of seconds.</summary>
public sealed class RuntimesOfAgents
{
    [Theory]
    [InlineData(null, "net9.0", """[{"name":"Microsoft.NETCore.App","version":"9.0.0"}]""")]
    [InlineData("""{"runtimeOptions":{"framework":{"name":"Microsoft.AspNetCore.App","version":"8.0.1"},"rollForward":"Disable"}}""", "net8.0", """[{"name":"Microsoft.AspNetCore.App","version":"8.0.1"}]""")]
    [InlineData("""{"runtimeOptions":{"includedFrameworks":[{"name":"Microsoft.NETCore.App","version":"8.0.2"}],},} // published with its runtime""", "net8.0", """[{"name":"Microsoft.NETCore.App","version":"8.0.2"}]""")]
    public void ItIsTheApplicationsOwnRolledForward(string? original, string framework, string frameworks)
    {
        var options = Options(original, framework);
        (options["frameworks"] ?? new JsonArray(options["framework"]!.DeepClone())).ToJsonString().ShouldBe(frameworks);
        options.ContainsKey("includedFrameworks").ShouldBeFalse();
        ((string?)options["rollForward"]).ShouldBe("Major");
    }

    [Fact]
    public void WhatTheApplicationSetsStays()
    {
        var properties = Options("""{"runtimeOptions":{"configProperties":{"System.GC.Concurrent":true,"System.Globalization.Invariant":true,"My.Own":7}}}""", "net8.0")["configProperties"]!;
        (((bool)properties["System.Globalization.Invariant"]!), ((int)properties["My.Own"]!)).ShouldBe((true, 7));
        (((bool)properties["System.GC.Concurrent"]!), ((bool)properties["System.Runtime.TieredPGO"]!), ((int)properties["System.Runtime.TieredCompilation.CallCountingDelayMs"]!)).ShouldBe((false, false, 1000));
    }

    private static JsonObject Options(string? original, string framework) => (JsonObject)JsonNode.Parse(RuntimeConfig.Synthesise(original, framework))!["runtimeOptions"]!;
}
