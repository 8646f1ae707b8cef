using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EfSafeMigrate.Projects;

/// <summary>
/// MSBuild's answer kept in <c>obj</c> for <c>--no-build</c>, which saves its start.
/// The key covers every file that usually decides the answer; a wrong hit can only name an older output.
/// </summary>
internal static class PropertyCache
{
    private const string FileName = "safe-migrate.cache.json";

    private static readonly string[] Deciding =
        ["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", "global.json", "NuGet.config"];

    public static (ProjectProperties Startup, ProjectProperties Project)? Read(string startup, string project, ProjectRequest request)
    {
        try
        {
            var entry = JsonSerializer.Deserialize(File.ReadAllBytes(PathOf(startup)), CacheJson.Default.CacheEntry);
            return entry is not null && entry.Key == Key(startup, project, request) && File.Exists(entry.Startup.TargetPath)
                ? (entry.Startup, entry.Project)
                : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    public static void Write(string startup, string project, ProjectRequest request, (ProjectProperties Startup, ProjectProperties Project) answer)
    {
        try
        {
            var entry = new CacheEntry(Key(startup, project, request), answer.Startup, answer.Project);
            File.WriteAllBytes(PathOf(startup), JsonSerializer.SerializeToUtf8Bytes(entry, CacheJson.Default.CacheEntry));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Without obj, or on a read-only disk, the next call asks MSBuild again.
        }
    }

    private static string PathOf(string startup) => Path.Combine(Path.GetDirectoryName(startup)!, "obj", FileName);

    private static string Key(string startup, string project, ProjectRequest request)
    {
        var text = new StringBuilder($"{request.Configuration}|{request.Framework}|{request.Runtime}|{startup}|{project}");
        foreach (var file in new[] { startup, project }.Distinct().SelectMany(Inputs))
        {
            var info = new FileInfo(file);
            text.Append('|').Append(file).Append(info.Exists ? info.LastWriteTimeUtc.Ticks : 0);
        }
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static IEnumerable<string> Inputs(string project)
    {
        yield return project;
        yield return project + ".user";
        yield return Path.Combine(Path.GetDirectoryName(project)!, "obj", "project.assets.json");
        for (var folder = Path.GetDirectoryName(project); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            foreach (var name in Deciding)
            {
                yield return Path.Combine(folder, name);
            }
        }
    }
}

internal sealed record CacheEntry(string Key, ProjectProperties Startup, ProjectProperties Project);

[JsonSerializable(typeof(CacheEntry))]
internal sealed partial class CacheJson : JsonSerializerContext;
