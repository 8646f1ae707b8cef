using System.Text.Json;
using System.Text.Json.Nodes;

namespace EfSafeMigrate.Scaffolding.Setup;

/// <summary>The entry in <c>.config/dotnet-tools.json</c>, so that <c>dotnet tool restore</c> brings everybody the same version.</summary>
internal static class ToolManifest
{
    public const string Path = ".config/dotnet-tools.json";

    private const string Package = "efsafemigrate";

    private static readonly JsonSerializerOptions Written = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>A version that the team has chosen stays.</summary>
    /// <exception cref="SafeMigrateException">What stands there is no tool manifest.</exception>
    public static string With(string? before, string version)
    {
        var root = before is null ? new JsonObject { ["version"] = 1, ["isRoot"] = true } : Parsed(before);
        if (root["tools"] is not JsonObject tools)
        {
            root["tools"] = tools = [];
        }
        if (before is not null && tools.Any(tool => string.Equals(tool.Key, Package, StringComparison.OrdinalIgnoreCase)))
        {
            return before;
        }
        tools[Package] = new JsonObject { ["version"] = version, ["commands"] = new JsonArray("dotnet-safe-migrate"), ["rollForward"] = false };
        return root.ToJsonString(Written).ReplaceLineEndings("\n") + "\n";
    }

    private static JsonObject Parsed(string text)
    {
        try
        {
            return JsonNode.Parse(text, documentOptions: Lenient) as JsonObject ?? throw Unreadable();
        }
        catch (JsonException)
        {
            throw Unreadable();
        }
    }

    private static SafeMigrateException Unreadable() => new($"`{Path}` is no tool manifest.", "mend the file, or take it away and let `dotnet new tool-manifest` make it anew");
}
