using System.Diagnostics;
using System.Text.Json;
using EfSafeMigrate.Protocol;

namespace EfSafeMigrate.Projects;

/// <summary>The output of <c>dotnet publish</c>: no project, no packages folder, no SDK.</summary>
/// <param name="Assembly">The start-up assembly.</param>
internal sealed record PublishedApplication(string Assembly)
{
    private const string ConfigurationEnd = ".runtimeconfig.json";

    private static ReadOnlySpan<byte> BundleMark =>
    [
        0x8b, 0x12, 0x02, 0xb9, 0x6a, 0x61, 0x20, 0x38, 0x72, 0x7b, 0x93, 0x02, 0x14, 0xd7, 0xa0, 0x32,
        0x13, 0xf5, 0xb9, 0xe6, 0xef, 0xae, 0x33, 0x18, 0xee, 0x3b, 0x2d, 0xce, 0x24, 0xb3, 0x6a, 0xae,
    ];

    public string Directory => Path.GetDirectoryName(Assembly)!;

    public string Name => Path.GetFileNameWithoutExtension(Assembly);

    public string DependencyFile => Path.ChangeExtension(Assembly, ".deps.json");

    public string RuntimeConfig => Projects.RuntimeConfig.Synthesise(File.ReadAllText(Path.ChangeExtension(Assembly, ConfigurationEnd)), "");

    /// <summary>What the build wrote into the version, after the plus sign.</summary>
    public string? Commit => FileVersionInfo.GetVersionInfo(Assembly).ProductVersion?.Split('+') is [_, var commit, ..] ? commit[..Math.Min(commit.Length, 12)] : null;

    /// <exception cref="SafeMigrateException">The folder holds no application that can be opened.</exception>
    public static PublishedApplication Find(ProjectRequest request)
    {
        var folder = Path.GetFullPath(request.From!, request.Directory);
        if (!System.IO.Directory.Exists(folder))
        {
            throw PublishedErrors.NoFolder(request.From!);
        }
        string[] names = [.. System.IO.Directory.GetFiles(folder, $"*{ConfigurationEnd}").Select(file => Path.GetFileName(file)[..^ConfigurationEnd.Length]).Order(StringComparer.Ordinal)];
        var name = (request.StartupProject is { } wanted ? Path.GetFileName(wanted) : null, names) switch
        {
            (_, []) => throw (SingleFile(folder) is { } single ? PublishedErrors.SingleFile(single) : PublishedErrors.NothingPublished(request.From!)),
            (null, [var only]) => only,
            (null, _) => throw PublishedErrors.Several(names),
            ({ } said, _) => names.FirstOrDefault(each => said == each || said == each + ".dll") ?? throw PublishedErrors.NoSuchApplication(said, names),
        };
        var application = new PublishedApplication(Path.Combine(folder, name + ".dll"));
        application.Check();
        return application;
    }

    public HelloRequest Hello(IReadOnlyList<string> arguments) => new()
    {
        Assembly = Assembly,
        StartupAssembly = Assembly,
        Project = Assembly,
        ProjectDirectory = Directory,
        Language = "C#",
        DesignAssembly = null,
        OwnAssemblies = [.. Assets(own: true).Select(asset => Path.Combine(Directory, Path.GetFileName(asset))).Prepend(Assembly).Distinct()],
        Arguments = arguments,
    };

    private void Check()
    {
        if (!File.Exists(DependencyFile))
        {
            throw PublishedErrors.NoDependencyFile(Name);
        }
        if (Read(Name + ConfigurationEnd, IsTrimmed))
        {
            throw PublishedErrors.Trimmed(Name);
        }
        var missing = Read(Path.GetFileName(DependencyFile), () => Assets(own: false)).Prepend(Name + ".dll")
            .FirstOrDefault(asset => !File.Exists(Path.Combine(Directory, Path.GetFileName(asset))) && !File.Exists(Path.Combine(Directory, asset)));
        if (missing is not null)
        {
            throw PublishedErrors.Missing(Name, Path.GetFileName(missing));
        }
        if (!File.Exists(Path.Combine(Directory, "Microsoft.EntityFrameworkCore.Relational.dll")))
        {
            throw PublishedErrors.NoEntityFramework(Name);
        }
    }

    private static T Read<T>(string file, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw PublishedErrors.Damaged(file, exception.Message);
        }
    }

    /// <summary>Trimming switches the runtime's hooks off and has the container check what it may construct; publishing writes both down.</summary>
    private bool IsTrimmed()
    {
        using var document = JsonDocument.Parse(RuntimeConfig);
        var options = document.RootElement.GetProperty("runtimeOptions");
        return options.TryGetProperty("configProperties", out var properties)
            && (Is(properties, "System.StartupHookProvider.IsSupported", JsonValueKind.False)
                || Is(properties, "Microsoft.Extensions.DependencyInjection.VerifyOpenGenericServiceTrimmability", JsonValueKind.True));

        static bool Is(JsonElement properties, string name, JsonValueKind kind) => properties.TryGetProperty(name, out var value) && value.ValueKind == kind;
    }

    /// <summary>Managed files of the dependency file; those of the application's own projects, or of every library.</summary>
    private IReadOnlyList<string> Assets(bool own)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(DependencyFile));
        var root = document.RootElement;
        var kinds = root.GetProperty("libraries").EnumerateObject().ToDictionary(library => library.Name, library => library.Value.GetProperty("type").GetString());
        var target = root.GetProperty("runtimeTarget").GetProperty("name").GetString()!;
        return
        [
            .. root.GetProperty("targets").GetProperty(target).EnumerateObject()
                .Where(library => !own || kinds.GetValueOrDefault(library.Name) == "project")
                .Where(library => kinds.GetValueOrDefault(library.Name) != "runtimepack" && library.Value.TryGetProperty("runtime", out _))
                .SelectMany(library => library.Value.GetProperty("runtime").EnumerateObject())
                .Select(asset => asset.Name),
        ];
    }

    /// <summary>Every host program holds a mark, and before it where its bundled files begin: zero when there are none.</summary>
    private static string? SingleFile(string folder)
    {
        foreach (var file in System.IO.Directory.GetFiles(folder).Where(file => Path.GetExtension(file) is "" or ".exe"))
        {
            var bytes = File.ReadAllBytes(file).AsSpan();
            if (bytes.IndexOf(BundleMark) is >= 8 and var at && BitConverter.ToInt64(bytes[(at - 8)..at]) != 0)
            {
                return Path.GetFileName(file);
            }
        }
        return null;
    }
}
