using EfSafeMigrate.EndToEndTests.Phases;

namespace EfSafeMigrate.EndToEndTests.Applying;

/// <summary>
/// The sample with a rename in four phases, written by the tool and built once; a database with the old schema, copied for each test; and the
/// schema and data in which a run ends that nobody disturbs. It ends before the contract, which waits for the old release.
/// </summary>
public sealed class RenamedSample : IAsyncLifetime
{
    public static readonly bool Full = Environment.GetEnvironmentVariable("SAFE_MIGRATE_FULL") == "1";

    private static readonly int Rows = Full ? 200_000 : 20_000;

    private static readonly PhasedDatabase Old = new("renamed");

    private Task? ready;

    internal static Pattern Pattern { get; } = Patterns.Named("RenameIndexed");

    internal string Project { get; private set; } = "";

    internal IReadOnlyList<string> Schema { get; private set; } = [];

    internal IReadOnlyList<string> Data { get; private set; } = [];

    internal IReadOnlyList<string> Migrations { get; private set; } = [];

    /// <summary>How long the undisturbed run took, from its start to its end.</summary>
    internal TimeSpan Undisturbed { get; private set; }

    internal Task ReadyAsync(InstalledTool tool) => ready ??= PrepareAsync(tool);

#pragma warning disable CA1822 // Only there once the sample is ready.
    internal Task<PhasedDatabase> CopyAsync() => PhasedDatabase.CopyAsync(Old, "renamed");
#pragma warning restore CA1822

    /// <param name="connection">When it is not the database's own.</param>
    internal ApplyRun Apply(InstalledTool tool, PhasedDatabase database, string? connection = null, params string[] arguments) =>
        ApplyRun.Start(tool, Project, connection ?? database.ConnectionString, ["apply", "--context", Pattern.Context, "--no-build", "--json", .. arguments]);

    internal Task<RunState> StatusAsync(InstalledTool tool, PhasedDatabase database) => RunState.ReadAsync(tool, Project, Pattern.Context, database);

    /// <summary>The old schema, filled, in a database of any server.</summary>
    internal async Task FillAsync(PhasedDatabase database, int rows)
    {
        await using var driver = new Driver(Project);
        await driver.AskAsync(database, "StoreContext", "to", PhasedSample.Initial);
        await database.ExecuteAsync($"""
            INSERT INTO "Regions" ("Name") SELECT 'Region ' || i FROM generate_series(1, 100) i;
            INSERT INTO "Customers" ("Name", "Code", "Phone", "Balance", "RegionId", "HomeRegionId")
                SELECT 'Customer ' || i, 'C-' || i, CASE WHEN i % 3 > 0 THEN '+49 ' || i END, i % 7, NULL, 1 + i % 99 FROM generate_series(1, {rows}) i;
            ANALYZE;
            """);
    }

    /// <summary>Everything is as after a run that nobody disturbed, and every migration was applied once.</summary>
    internal async Task CheckAsync(PhasedDatabase database, string because)
    {
        (await Catalogue.SchemaAsync(database)).ShouldBe(Schema, because);
        (await Catalogue.DataAsync(database, [])).ShouldBe(Data, because);
        (await database.LinesAsync("""SELECT "MigrationId" FROM "__EFMigrationsHistory" ORDER BY 1""")).ShouldBe(Migrations, because);
        var ended = await database.LinesAsync("SELECT entry::json ->> 'migration' FROM safe_migrate.journal WHERE kind = 'step-ended' ORDER BY 1");
        ended.ShouldBe([.. Migrations.Skip(1)], because);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await Old.DisposeAsync();

    private async Task PrepareAsync(InstalledTool tool)
    {
        Project = tool.Copy("Phases");
        await PhasedSample.WriteAsync(Project, Pattern);
        await PhasedSample.WriteAsync(Project, MixedMigration.Pattern);
        await MixedMigration.WriteAsync(Project);
        await PhasedSample.BuildAsync(Project);
        var added = await tool.RunAsync(Project, ["add", Pattern.Name, "--context", Pattern.Context, "--no-build", "--contract", "now", .. Pattern.Arguments]);
        added.Code.ShouldBe(0, added.Output + added.Error);
        await PhasedSample.BuildAsync(Project);
        await Old.CreateAsync();
        await FillAsync(Old, Rows);
        await using var database = await CopyAsync();
        await using var run = Apply(tool, database);
        var result = await run.EndAsync();
        result.Code.ShouldBe(0, result.ToString());
        Undisturbed = run.Elapsed;
        Schema = await Catalogue.SchemaAsync(database);
        Data = await Catalogue.DataAsync(database, []);
        Migrations = await database.LinesAsync("""SELECT "MigrationId" FROM "__EFMigrationsHistory" ORDER BY 1""");
        Migrations.Count.ShouldBeGreaterThanOrEqualTo(4, "three phases and what was there");
    }
}

[CollectionDefinition(nameof(RenamedSample))]
#pragma warning disable CA1711 // xunit's word.
public sealed class RenamedSampleCollection : ICollectionFixture<InstalledTool>, ICollectionFixture<RenamedSample>;
