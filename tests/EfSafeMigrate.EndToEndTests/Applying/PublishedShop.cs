using EfSafeMigrate.EndToEndTests.Phases;

namespace EfSafeMigrate.EndToEndTests.Applying;

/// <summary>The Shop as a deploy host has it: published, without sources, packages folder or a way to build; and a database for it.</summary>
internal sealed class PublishedShop : IAsyncDisposable
{
    public const string First = "Initial";
    public const string Fifth = "AddReviews";

    private const string Variable = "SHOP_DATABASE";

    private static readonly Lazy<Task<string>> Output = new(() => PublishAsync("Shop"));
    private static readonly Lazy<Task<string>> TinyOutput = new(() => PublishAsync("Tiny"));

    private readonly InstalledTool tool;

    private PublishedShop(InstalledTool tool, string folder, PhasedDatabase database) => (this.tool, Folder, Database) = (tool, folder, database);

    public string Folder { get; }

    public PhasedDatabase Database { get; }

    /// <summary>Where the tool is started: empty but for what a test puts there.</summary>
    public string Home { get; } = Directory.CreateTempSubdirectory("safe-migrate-home-").FullName;

    public static async Task<PublishedShop> CreateAsync(InstalledTool tool)
    {
        var shop = new PublishedShop(tool, await Output.Value, new PhasedDatabase("published"));
        await shop.Database.CreateAsync();
        return shop;
    }

    public static Task<string> TinyAsync() => TinyOutput.Value;

    public Task<ShellResult> ApplyAsync(string[] arguments, IReadOnlyDictionary<string, string>? environment = null, string? mark = null) =>
        RunAsync(["apply", "--from", Folder, "--connection-env", Variable, .. arguments], environment, mark);

    public Task<ShellResult> StatusAsync(params string[] arguments) => RunAsync(["status", "--from", Folder, "--connection-env", Variable, .. arguments]);

    public async Task AppliedAsync(string[] arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var result = await ApplyAsync(arguments, environment);
        result.Code.ShouldBe(0, result.Output + result.Error);
    }

    public Task<ShellResult> RunAsync(string[] arguments, IReadOnlyDictionary<string, string>? environment = null, string? mark = null)
    {
        var all = new Dictionary<string, string>(Host(Home)) { [Variable] = Database.ConnectionString };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            all[name] = value;
        }
        return Shell.RunAsync(Home, Path.Combine(tool.Scratch, "tools", "dotnet-safe-migrate"), InstalledTool.Bare(arguments), mark, all);
    }

    /// <summary>Settings where the tool looks for them.</summary>
    public void Settle(string json)
    {
        Directory.CreateDirectory(Path.Combine(Home, ".config"));
        File.WriteAllText(Path.Combine(Home, ".config", "safe-migrate.json"), GuardedNotes.Reasoned(json));
    }

    /// <summary>No packages, and a <c>dotnet</c> that runs applications and refuses everything that needs the SDK.</summary>
    public static IReadOnlyDictionary<string, string> Host(string home)
    {
        var (bin, packages) = (Path.Combine(home, "bin"), Path.Combine(home, "packages"));
        Directory.CreateDirectory(packages);
        if (!Directory.Exists(bin))
        {
            Directory.CreateDirectory(bin);
            var real = Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Select(folder => Path.Combine(folder, "dotnet")).First(File.Exists);
            var dotnet = Path.Combine(bin, "dotnet");
            File.WriteAllText(dotnet, $"#!/bin/sh\n[ \"$1\" = exec ] || {{ echo \"$@\" >>'{home}/sdk-asked'; exit 99; }}\nexec '{real}' \"$@\"\n");
#pragma warning disable CA1416 // The tests run on Linux.
            File.SetUnixFileMode(dotnet, UnixFileMode.UserRead | UnixFileMode.UserExecute);
#pragma warning restore CA1416
        }
        return new Dictionary<string, string>
        {
            ["PATH"] = $"{bin}:/usr/bin:/bin",
            ["DOTNET_HOST_PATH"] = "",
            ["NUGET_PACKAGES"] = packages,
            ["DOTNET_ENVIRONMENT"] = "Staging",
        };
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        Directory.Delete(Home, recursive: true);
    }

    public static async Task<string> PublishAsync(string sample, params string[] more)
    {
        var scratch = Directory.CreateTempSubdirectory("safe-migrate-published-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(scratch, recursive: true);
        var source = Path.Combine(scratch, "source");
        InstalledTool.CopyFolder(Path.Combine(InstalledTool.Repository, "tests", "Samples"), source);
        var output = Path.Combine(scratch, "output");
        var result = await Shell.RunAsync(Path.Combine(source, sample), "dotnet", ["publish", "-o", output, "-p:EfDesign=false", "-v:q", "-nologo", .. more]);
        result.Code.ShouldBe(0, result.Output + result.Error);
        Directory.Delete(source, recursive: true);
        return output;
    }
}
