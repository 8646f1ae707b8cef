using System.Text.Json;
using System.Text.RegularExpressions;
using Npgsql;

namespace EfSafeMigrate.EndToEndTests.Phases;

/// <summary>
/// One project in which every pattern has a context of its own, so that all are built together: the tool has written the phases of each,
/// and the project was compiled with warnings as errors. The untouched context is the old release of all of them.
/// </summary>
public sealed class PhasedSample : IAsyncLifetime
{
    public const string Initial = "20260112093000_Initial";

    private static readonly bool Full = Environment.GetEnvironmentVariable("SAFE_MIGRATE_FULL") == "1";

    private readonly Dictionary<string, string> said = [];
    private Task? ready;

    internal string Project { get; private set; } = "";

    internal Driver Driver { get; private set; } = null!;

    /// <summary>A database with the old schema and 50,000 customers, copied for each test.</summary>
    internal PhasedDatabase Old { get; } = new("Store");

    internal static int Seconds => Full ? 10 : 1;

    internal static bool Long => Full;

    /// <summary>The ordinary run leaves out what Several has among others.</summary>
    internal static IReadOnlyList<Pattern> Chosen { get; } = [.. Patterns.All.Where(pattern => Full || pattern.Name is not ("AddIndex" or "AddForeignKey" or "AddCheck"))];

    internal Task ReadyAsync(InstalledTool tool) => ready ??= PrepareAsync(tool);

    /// <summary>What the tool said of the plan before anything was applied, as JSON.</summary>
    internal string Said(Pattern pattern) => said[pattern.Name];

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

    public async Task DisposeAsync()
    {
        if (Driver is not null)
        {
            await Driver.DisposeAsync();
            await Old.DisposeAsync();
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

    private async Task PrepareAsync(InstalledTool tool)
    {
        Project = tool.Copy("Phases");
        foreach (var pattern in Chosen)
        {
            await WriteAsync(Project, pattern);
        }
        await BuildAsync(Project);
        foreach (var pattern in Chosen)
        {
            var added = await tool.RunAsync(Project, ["add", pattern.Name, "--context", pattern.Context, "--no-build", "--contract", "now", "--json", .. pattern.Arguments]);
            added.Code.ShouldBe(0, added.Output + added.Error);
            said[pattern.Name] = added.Output;
        }
        await BuildAsync(Project, "-warnaserror", "-p:RunAnalyzers=true");
        Driver = new Driver(Project);
        await Old.CreateAsync();
        await Driver.AskAsync(Old, "StoreContext", "to", Initial);
        await Old.ExecuteAsync("""
            INSERT INTO "Regions" ("Name") SELECT 'Region ' || i FROM generate_series(1, 100) i;
            INSERT INTO "Customers" ("Name", "Code", "Phone", "Balance", "RegionId", "HomeRegionId")
                SELECT 'Customer ' || i, 'C-' || i, CASE WHEN i % 3 > 0 THEN '+49 ' || i END, i % 7, CASE WHEN i % 5 > 0 THEN 1 + i % 100 END, CASE WHEN i % 4 > 0 THEN 1 + i % 99 END
                FROM generate_series(1, 50000) i;
            INSERT INTO "Orders" ("CustomerId", "Total") SELECT 1 + i % 50000, i / 100.0 FROM generate_series(1, 50000) i;
            ANALYZE;
            """);
        NpgsqlConnection.ClearAllPools();
    }
}

[CollectionDefinition(nameof(PhasedSample))]
#pragma warning disable CA1711 // xunit's word.
public sealed class PhasedSampleCollection : ICollectionFixture<InstalledTool>, ICollectionFixture<PhasedSample>;
