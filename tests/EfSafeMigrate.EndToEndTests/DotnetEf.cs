using System.Collections.Concurrent;

namespace EfSafeMigrate.EndToEndTests;

/// <summary>The real <c>dotnet-ef</c>, installed once per version and run.</summary>
internal sealed class DotnetEf
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<DotnetEf>>> Installed = new();

    private readonly string program;

    private DotnetEf(string program) => this.program = program;

    public static Task<DotnetEf> InstallAsync(string version) => Installed.GetOrAdd(version, _ => new(() => FreshAsync(version))).Value;

    public Task<ShellResult> RunAsync(string directory, string[] arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        // The older versions were made for runtimes that need not be here.
        var all = new Dictionary<string, string>(environment ?? new Dictionary<string, string>()) { ["DOTNET_ROLL_FORWARD"] = "Major" };
        return Shell.RunAsync(directory, program, arguments, environment: all);
    }

    public async Task<ShellResult> SucceedAsync(string directory, string[] arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var result = await RunAsync(directory, arguments, environment);
        result.Code.ShouldBe(0, $"dotnet ef {string.Join(' ', arguments)}\n{result.Output}{result.Error}");
        return result;
    }

    private static async Task<DotnetEf> FreshAsync(string version)
    {
        var folder = Directory.CreateTempSubdirectory($"safe-migrate-e2e-ef-{version}-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        var installed = await Shell.RunAsync(folder, "dotnet", ["tool", "install", "dotnet-ef", "--version", version, "--tool-path", folder]);
        installed.Code.ShouldBe(0, installed.Output + installed.Error);
        return new DotnetEf(Path.Combine(folder, "dotnet-ef"));
    }
}
