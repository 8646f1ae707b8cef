using System.Runtime.InteropServices;

namespace EfSafeMigrate.EndToEndTests;

/// <summary>The tool packed, and installed from its package into an empty folder.</summary>
public sealed class InstalledTool : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("safe-migrate-e2e-").FullName;

    internal static string Repository { get; } = FindRepository();

    /// <summary>Folder of the package. Made once: collections of tests run side by side, and two builds of one project write the same files.</summary>
    private static readonly Lazy<Task<string>> Packed = new(PackAsync);

    /// <summary>The folder of the package, as a source for others who install it.</summary>
    internal static Task<string> PackedAsync() => Packed.Value;

    /// <summary>A scratch folder that is removed at the end.</summary>
    internal string Scratch => folder;

    public async Task InitializeAsync()
    {
        await Succeed(folder, ["tool", "install", "EfSafeMigrate", "--tool-path", Path.Combine(folder, "tools"), "--add-source", await Packed.Value]);
        CopySamples();
    }

    public Task DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>A sample as a fresh clone has it: no bin, no obj.</summary>
    internal string Sample(string name) => Path.Combine(folder, "Samples", name);

    /// <summary>A copy of the sample that a test may break.</summary>
    internal string Copy(string name)
    {
        var copy = Path.Combine(folder, "Samples", $"{name}-{Guid.NewGuid():N}");
        CopyFolder(Sample(name), copy);
        return copy;
    }

    /// <summary>Without what stands before a run, where a test is not about that.</summary>
    internal Task<ShellResult> RunAsync(string directory, string[] arguments, string? mark = null, IReadOnlyDictionary<string, string>? environment = null) =>
        RunAsItIsAsync(directory, Bare(arguments), mark, environment);

    /// <summary>A run goes without backup and rehearsal, unless it says something of them.</summary>
    internal static string[] Bare(string[] arguments) => arguments is not ["apply", ..] ? arguments
        : [.. arguments, .. Without(arguments, "--skip-backup", "--backup-dir", "--backup-command"), .. Without(arguments, "--skip-rehearsal", "--rehearse")];

    private static string[] Without(string[] arguments, string option, params string[] others) => arguments.Intersect([option, .. others]).Any() ? [] : [option, "a test"];

    internal Task<ShellResult> RunAsItIsAsync(string directory, string[] arguments, string? mark = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        var all = new Dictionary<string, string>(environment ?? new Dictionary<string, string>());
        // Without a person, nothing starts on a database that nobody named.
        all.TryAdd("DOTNET_ENVIRONMENT", "Development");
        // The `dotnet` command that would find it takes a quarter as long as the tool itself; some tests go that way.
        return Shell.RunAsync(directory, Path.Combine(folder, "tools", "dotnet-safe-migrate"), arguments, mark, all);
    }

    /// <summary>As a person calls it.</summary>
    internal Task<ShellResult> RunByDotnetAsync(string directory, params string[] arguments) =>
        Shell.RunAsync(directory, "dotnet", ["safe-migrate", .. arguments], environment: new Dictionary<string, string> { ["PATH"] = Reachable, ["DOTNET_ENVIRONMENT"] = "Development" });

    /// <summary>As a person types it, with redirections.</summary>
    internal Task<ShellResult> RunInShellAsync(string directory, string command) => Shell.RunAsync(directory, "sh", ["-c", command], environment: new Dictionary<string, string>
    {
        ["PATH"] = Reachable,
    });

    /// <summary>A program that finds the tool on its path, and before it what lies in a folder.</summary>
    internal Task<ShellResult> RunWithAsync(string directory, string program, string[] arguments, Dictionary<string, string> environment, string before) =>
        Shell.RunAsync(directory, program, arguments, environment: new Dictionary<string, string>(environment) { ["PATH"] = $"{before}{Path.PathSeparator}{Reachable}" });

    private string Reachable => $"{Path.Combine(folder, "tools")}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}";

    private static async Task<string> PackAsync()
    {
        var packages = Directory.CreateTempSubdirectory("safe-migrate-e2e-packages-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(packages, recursive: true);
        // The analyzers have seen this code when the tests were built, and take half as long as everything else here.
        string[] pack = ["pack", Path.Combine("src", "EfSafeMigrate"), "-c", "Release", "-o", packages, "-nologo", "-v:q", "-p:RunAnalyzers=false"];
        // As it is published, and a third less work for the processors; where the compiler is not to be had, the tool is the same but slower.
        if (RuntimeSystem is not { } system || (await Shell.RunAsync(Repository, "dotnet", [.. pack, "-p:AheadOfTime=true", $"-p:AheadOfTimeFor={system}"], environment: ShortLives.Longer, minutes: 15)).Code != 0)
        {
            await Succeed(Repository, pack, minutes: 15);
        }
        return packages;
    }

    /// <summary>This one, among those that a published package has compiled assemblies for.</summary>
    private static string? RuntimeSystem => (RuntimeInformation.OSArchitecture, OperatingSystem.IsLinux(), OperatingSystem.IsWindows(), OperatingSystem.IsMacOS()) switch
    {
        (Architecture.X64, true, _, _) => "linux-x64",
        (Architecture.X64, _, true, _) => "win-x64",
        (Architecture.Arm64, _, _, true) => "osx-arm64",
        _ => null,
    };

    private static async Task Succeed(string directory, string[] arguments, int minutes = 5)
    {
        var result = await Shell.RunAsync(directory, "dotnet", arguments, minutes: minutes);
        result.Code.ShouldBe(0, $"dotnet {string.Join(' ', arguments)}\n{result.Output}\n{result.Error}");
    }

    private void CopySamples() => CopyFolder(Path.Combine(Repository, "tests", "Samples"), Path.Combine(folder, "Samples"));

    internal static void CopyFolder(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }
        foreach (var child in Directory.GetDirectories(from).Where(child => Path.GetFileName(child) is not ("bin" or "obj")))
        {
            CopyFolder(child, Path.Combine(to, Path.GetFileName(child)));
        }
    }

    private static string FindRepository()
    {
        var at = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(at, "EfSafeMigrate.sln")))
        {
            at = Path.GetDirectoryName(at) ?? throw new InvalidOperationException("The tests run inside the repository.");
        }
        return at;
    }
}

[CollectionDefinition(nameof(InstalledTool))]
#pragma warning disable CA1711 // xunit's word.
public sealed class InstalledToolCollection : ICollectionFixture<InstalledTool>;

/// <summary>What builds copies of the samples: beside the others, for none of them uses what another has made.</summary>
[CollectionDefinition(nameof(BuiltSamplesCollection))]
public sealed class BuiltSamplesCollection : ICollectionFixture<InstalledTool>;

/// <summary>What works on repositories of its own, and on projects that are broken.</summary>
[CollectionDefinition(nameof(RepositoriesCollection))]
public sealed class RepositoriesCollection : ICollectionFixture<InstalledTool>;

/// <summary>What works on files of SQLite of its own.</summary>
[CollectionDefinition(nameof(FilesOfSqliteCollection))]
public sealed class FilesOfSqliteCollection : ICollectionFixture<InstalledTool>;
