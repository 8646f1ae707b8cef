using System.Text.Json;
using System.Text.RegularExpressions;

namespace EfSafeMigrate.EndToEndTests.Phases;

/// <summary>
/// One project in which every pattern has a context of its own, so that all are built together: the tool has written the phases of each,
/// and the project was compiled with warnings as errors. The untouched context is the old release of all of them.
/// </summary>
public sealed class PhasedSample : IAsyncLifetime
{
    public const string Initial = "20260112093000_Initial";

    private static readonly bool Full = Environment.GetEnvironmentVariable("SAFE_MIGRATE_FULL") == "1";

    /// <summary>Made once, for all collections that use them: none changes them.</summary>
    private readonly PhasedPlans plans = PhasedPlans.Shared;

    private Driver? driver;

    internal string Project => plans.Project;

    internal Driver Driver => driver ??= new(Project);

    /// <summary>A database with the old schema and 50,000 customers, copied for each test.</summary>
    internal PhasedDatabase Old => plans.Old;

    internal static int Seconds => Full ? 10 : 1;

    internal static bool Long => Full;

    /// <summary>The ordinary run leaves out what Several has among others.</summary>
    internal static IReadOnlyList<Pattern> Chosen { get; } = [.. Patterns.All.Where(pattern => Full || pattern.Name is not ("AddIndex" or "AddForeignKey" or "AddCheck"))];

    internal Task ReadyAsync(InstalledTool tool) => plans.ReadyAsync(tool);

    /// <summary>What the tool said of the plan before anything was applied, as JSON.</summary>
    internal string Said(Pattern pattern) => plans.Said[pattern.Name];

    /// <summary>Columns of customers, and tables, of which the plan says that undoing does not bring them back.</summary>
    internal string[] Lost(Pattern pattern)
    {
        using var plan = JsonDocument.Parse(Said(pattern));
        return
        [
            .. plan.RootElement.GetProperty("migrations").EnumerateArray().SelectMany(migration => migration.GetProperty("loses").EnumerateArray())
                // The rows are such that expressions bring them back.
                .Where(sentence => !sentence.GetString()!.Contains(" come back only as ", StringComparison.Ordinal))
                .Select(sentence => Loss.Match(sentence.GetString()!) is { Success: true } match ? match.Groups["column"].Value : throw new InvalidOperationException($"No column in: {sentence}"))
        ];
    }

    private static readonly Regex Loss = new(@"^(The values of Customers\.(?<column>\w+) do not come back|Rows of Customers without (?<column>\w+) keep the value they are given|The rows of (?<column>\w+) do not come back)\.$");

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await (driver?.DisposeAsync() ?? ValueTask.CompletedTask);

    /// <summary>With what was built. While another test writes scripts of the original, a folder to take them back by comes and goes in its obj, and the copy is made again.</summary>
    internal async Task CopyBuiltAsync(string copy)
    {
        ShellResult copied;
        for (var attempt = 0; (copied = await Shell.RunAsync(Path.GetDirectoryName(copy)!, "cp", ["-r", Project, copy])).Code != 0 && attempt < 20; attempt++)
        {
            Directory.Delete(copy, recursive: true);
        }
        copied.Code.ShouldBe(0, copied.Error);
        if (Path.Combine(copy, "obj", "safe-migrate.undo") is var undo && Directory.Exists(undo))
        {
            Directory.Delete(undo, recursive: true);
        }
    }

    /// <summary>A folder with the same changed model whose phases are not written yet.</summary>
    internal static async Task WriteAsync(string project, Pattern pattern)
    {
        var store = Path.Combine(project, "Store");
        var left = pattern.Edits.ToList();
        foreach (var file in Directory.GetFiles(store, "*.cs", SearchOption.AllDirectories))
        {
            var text = await File.ReadAllTextAsync(file);
            if (!file.Contains("Migrations", StringComparison.Ordinal))
            {
                foreach (var (old, changed) in pattern.Edits.Where(edit => text.Contains(edit.Old, StringComparison.Ordinal)))
                {
                    text = text.Replace(old, changed, StringComparison.Ordinal);
                    left.Remove((old, changed));
                }
            }
            text = text.Replace("StoreContext", pattern.Context, StringComparison.Ordinal).Replace("Phases.Store", $"Phases.{pattern.Name}", StringComparison.Ordinal);
            var copy = Path.Combine(project, pattern.Name, Path.GetRelativePath(store, file).Replace("StoreContext", pattern.Context, StringComparison.Ordinal));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            await File.WriteAllTextAsync(copy, text);
        }
        left.ShouldBeEmpty(pattern.Name);
    }

    internal static async Task BuildAsync(string project, params string[] arguments)
    {
        var built = await Shell.RunAsync(project, "dotnet", ["build", "-nologo", "-v:q", .. arguments]);
        built.Code.ShouldBe(0, built.Output);
    }
}

[CollectionDefinition(nameof(PhasedSample))]
#pragma warning disable CA1711 // xunit's word.
public sealed class PhasedSampleCollection : ICollectionFixture<InstalledTool>, ICollectionFixture<PhasedSample>;

/// <summary>Releases at work with the same plans, beside what only reads and writes them.</summary>
[CollectionDefinition(nameof(PhasedReleasesCollection))]
public sealed class PhasedReleasesCollection : ICollectionFixture<InstalledTool>, ICollectionFixture<PhasedSample>;
