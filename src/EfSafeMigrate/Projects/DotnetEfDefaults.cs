using System.Text.Json;
using System.Text.Json.Serialization;

namespace EfSafeMigrate.Projects;

/// <summary>Defaults from <c>.config/dotnet-ef.json</c>, found by walking up; its paths are relative to the folder that holds <c>.config</c>.</summary>
internal sealed record DotnetEfDefaults
{
    public string? Project { get; init; }
    public string? StartupProject { get; init; }
    public string? Context { get; init; }
    public string? Configuration { get; init; }
    public string? Framework { get; init; }
    public string? Runtime { get; init; }

    public static DotnetEfDefaults Find(string directory)
    {
        for (var folder = directory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            var file = Path.Combine(folder, ".config", "dotnet-ef.json");
            if (File.Exists(file))
            {
                return Read(file, folder);
            }
        }
        return new DotnetEfDefaults();
    }

    private static DotnetEfDefaults Read(string file, string folder)
    {
        try
        {
            var read = JsonSerializer.Deserialize(File.ReadAllBytes(file), DefaultsJson.Default.DotnetEfDefaults) ?? new DotnetEfDefaults();
            return read with { Project = Rooted(read.Project, folder), StartupProject = Rooted(read.StartupProject, folder) };
        }
        catch (JsonException)
        {
            throw new SafeMigrateException("`.config/dotnet-ef.json` is not valid JSON.", "mend the file, or give the options on the command line");
        }
    }

    private static string? Rooted(string? path, string folder) => path is null ? null : Path.GetFullPath(path, folder);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true)]
[JsonSerializable(typeof(DotnetEfDefaults))]
internal sealed partial class DefaultsJson : JsonSerializerContext;
