using Npgsql;

namespace EfSafeMigrate.EndToEndTests.Phases;

/// <summary>The project of <see cref="PhasedSample"/> and its database: written, built and filled once for all tests of the process, gone at its end.</summary>
internal sealed class PhasedPlans
{
    private readonly Dictionary<string, string> said = [];
    private Task? ready;

    public static PhasedPlans Shared { get; } = new();

    public string Project { get; private set; } = "";

    public PhasedDatabase Old { get; } = new("Store");

    /// <summary>What the tool said of each plan before anything was applied, as JSON.</summary>
    public IReadOnlyDictionary<string, string> Said => said;

    public Task ReadyAsync(InstalledTool tool)
    {
        lock (said)
        {
            return ready ??= PrepareAsync(tool);
        }
    }

    private async Task PrepareAsync(InstalledTool tool)
    {
        var folder = Directory.CreateTempSubdirectory("safe-migrate-e2e-phased-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            Directory.Delete(folder, recursive: true);
            Old.DisposeAsync().AsTask().Wait(TimeSpan.FromSeconds(10));
        };
        InstalledTool.CopyFolder(Path.Combine(InstalledTool.Repository, "tests", "Samples"), folder);
        Project = Path.Combine(folder, "Phases");
        foreach (var pattern in PhasedSample.Chosen)
        {
            await PhasedSample.WriteAsync(Project, pattern);
        }
        await PhasedSample.BuildAsync(Project);
        foreach (var pattern in PhasedSample.Chosen)
        {
            var added = await tool.RunAsync(Project, ["add", pattern.Name, "--context", pattern.Context, "--no-build", "--contract", "now", "--json", .. pattern.Arguments]);
            added.Code.ShouldBe(0, added.Output + added.Error);
            said[pattern.Name] = added.Output;
        }
        await PhasedSample.BuildAsync(Project, "-warnaserror", "-p:RunAnalyzers=true");
        await Old.CreateAsync();
        await using (var driver = new Driver(Project))
        {
            await driver.AskAsync(Old, "StoreContext", "to", PhasedSample.Initial);
        }
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
