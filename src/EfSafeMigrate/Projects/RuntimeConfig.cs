using System.Text.Json;
using System.Text.Json.Nodes;

namespace EfSafeMigrate.Projects;

/// <summary>
/// The runtime configuration the agent starts with: the application's own, rolled forward to an installed runtime,
/// and framework-dependent even where the application is published self-contained.
/// </summary>
internal static class RuntimeConfig
{
    /// <summary>Milliseconds without new code until the runtime looks for what is worth being compiled better: 100 otherwise, which comes upon every method that begins a second's work.</summary>
    private const int Patience = 1000;

    public static string Synthesise(string? original, string targetFramework)
    {
        var options = original is null ? new JsonObject() : Options(original);
        if (options.Remove("includedFrameworks", out var included) && included is not null)
        {
            options["frameworks"] = included.DeepClone();
        }
        if (options["framework"] is null && options["frameworks"] is null)
        {
            options["framework"] = new JsonObject { ["name"] = "Microsoft.NETCore.App", ["version"] = VersionOf(targetFramework) };
        }
        options["rollForward"] = "Major";
        // A process of a second: instrumented code and a background collector cost more than they bring.
        var properties = options["configProperties"] as JsonObject ?? [];
        properties["System.Runtime.TieredPGO"] = false;
        properties["System.GC.Concurrent"] = false;
        properties["System.Runtime.TieredCompilation.CallCountingDelayMs"] = Patience;
        options["configProperties"] = properties.DeepClone();
        return new JsonObject { ["runtimeOptions"] = options }.ToJsonString();
    }

    private static JsonObject Options(string json)
    {
        var documentOptions = new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
        return JsonNode.Parse(json, null, documentOptions)?["runtimeOptions"]?.DeepClone() as JsonObject ?? [];
    }

    private static string VersionOf(string framework)
    {
        var digits = new string(framework.SkipWhile(c => !char.IsDigit(c)).TakeWhile(c => char.IsDigit(c) || c == '.').ToArray());
        return Version.TryParse(digits, out var version) && version.Major >= 5 ? $"{version.Major}.{version.Minor}.0" : "8.0.0";
    }
}
