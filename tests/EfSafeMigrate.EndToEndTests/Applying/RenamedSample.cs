using EfSafeMigrate.EndToEndTests.Phases;

namespace EfSafeMigrate.EndToEndTests.Applying;

/// <summary>
/// The sample with a rename in four phases, written by the tool and built once; a database with the old schema and one that waits at the gate
/// of the contract, copied for each test; and the schema and data in which runs end that nobody disturbs.
/// </summary>
public sealed class RenamedSample : IAsyncLifetime
{
    public static readonly bool Full = Environment.GetEnvironmentVariable("SAFE_MIGRATE_FULL") == "1";

    private static readonly int Rows = Full ? 200_000 : 60_000;

    private static readonly PhasedDatabase Old = new("renamed");
    private static readonly PhasedDatabase AtGate = new("gated");

    private Task? ready;
    private string contract = "";

    internal static string[] Of { get; } = Naming(Patterns.Named("RenameIndexed"));

    internal static Pattern Pattern { get; } = Patterns.Named("RenameIndexed");

    internal string Project { get; private set; } = "";

    /// <summary>As it is when the first three phases are applied.</summary>
    internal Outcome Gate { get; private set; } = null!;

    /// <summary>As it is when the contract is applied too.</summary>
    internal Outcome End { get; private set; } = null!;

    internal Task ReadyAsync(InstalledTool tool) => ready ??= PrepareAsync(tool);

#pragma warning disable CA1822 // Only there once the sample is ready.
    internal Task<PhasedDatabase> CopyAsync(bool atGate = false) => PhasedDatabase.CopyAsync(atGate ? AtGate : Old, "renamed");
#pragma warning restore CA1822

    /// <summary>Up to the gate of the contract.</summary>
    /// <param name="connection">When it is not the database's own.</param>
    internal ApplyRun Apply(InstalledTool tool, PhasedDatabase database, string? connection = null, params string[] arguments) =>
        ApplyRun.Start(tool, Project, connection ?? database.ConnectionString, ["apply", .. Of, "--json", .. arguments]);

    internal ApplyRun Contract(InstalledTool tool, PhasedDatabase database) =>
        Apply(tool, database, null, ["--until", "contract", .. OfContract]);

    /// <summary>What a contract needs to run at once.</summary>
    internal string[] OfContract => ["--force-contract", "--reason", "no release is out", "--accept-data-loss", contract];

    /// <summary>In short batches with long pauses, so that a signal finds the backfill at work however busy the machine is.</summary>
    internal string[] Slowly { get; } = ["--batch-size", "1500", "--pause-ms", "60"];

    /// <summary>Resumed, and from there to the end.</summary>
    internal async Task FinishAsync(InstalledTool tool, PhasedDatabase database, string because)
    {
        await using var again = Apply(tool, database, null, ["--resume", .. OfContract]);
        var resumed = await again.EndAsync();
        resumed.Code.ShouldBe(0, $"{because}\n{resumed}");
        if ((await AppliedAsync(database)).Count < End.Migrations.Count)
        {
            await using var contract = Contract(tool, database);
            var contracted = await contract.EndAsync();
            contracted.Code.ShouldBe(0, $"{because}\n{contracted}");
        }
    }

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
    internal async Task CheckAsync(PhasedDatabase database, string because, Outcome? expected = null)
    {
        expected ??= Gate;
        (await Catalogue.SchemaAsync(database)).ShouldBe(expected.Schema, because);
        (await Catalogue.DataAsync(database, [])).ShouldBe(expected.Data, because);
        (await AppliedAsync(database)).ShouldBe(expected.Migrations, because);
        var ended = await database.LinesAsync("SELECT entry::json ->> 'migration' FROM safe_migrate.journal WHERE kind = 'step-ended' ORDER BY 1");
        ended.ShouldBe([.. expected.Migrations.Skip(1)], because);
    }

    internal static Task<IReadOnlyList<string>> AppliedAsync(PhasedDatabase database) =>
        database.LinesAsync("""SELECT "MigrationId" FROM "__EFMigrationsHistory" ORDER BY 1""");

    /// <summary>Arguments that name the context of a pattern and the database.</summary>
    internal static string[] Naming(Pattern pattern) => ["--context", pattern.Context, "--no-build", "--connection-env", "PHASES"];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await Old.DisposeAsync();
        await AtGate.DisposeAsync();
    }

    private async Task PrepareAsync(InstalledTool tool)
    {
        Project = tool.Copy("Phases");
        await PhasedSample.WriteAsync(Project, Pattern);
        await WrittenMigration.Mixed.WriteAsync(Project);
        await WrittenMigration.Fatal.WriteAsync(Project);
        await PhasedSample.BuildAsync(Project);
        var added = await tool.RunAsync(Project, ["add", Pattern.Name, "--context", Pattern.Context, "--no-build", "--contract", "now", .. Pattern.Arguments]);
        added.Code.ShouldBe(0, added.Output + added.Error);
        await PhasedSample.BuildAsync(Project);
        await Old.CreateAsync();
        await FillAsync(Old, Rows);
        contract = Path.GetFileNameWithoutExtension(Directory.GetFiles(Project, $"*_{Pattern.Name}4Contract.cs", SearchOption.AllDirectories).Single());

        await using (var database = await CopyAsync())
        {
            await using var run = Apply(tool, database);
            Gate = await UndisturbedAsync(run, database);
            await AtGate.CopyOfAsync(database);
        }
        await using var whole = await CopyAsync(atGate: true);
        await using var contracting = Contract(tool, whole);
        End = await UndisturbedAsync(contracting, whole);
        End.Migrations.Count.ShouldBeGreaterThanOrEqualTo(5, "four phases and what was there");
        End.Migrations[^1].ShouldBe(contract);
        Gate.Migrations.ShouldBe([.. End.Migrations.SkipLast(1)]);
    }

    private static async Task<Outcome> UndisturbedAsync(ApplyRun run, PhasedDatabase database)
    {
        var result = await run.EndAsync();
        result.Code.ShouldBe(0, result.ToString());
        return await Outcome.ReadAsync(database) with { Time = await AtAsync("run-over") - await AtAsync("run-began") };

        async Task<DateTimeOffset> AtAsync(string happens) => (await run.MustAsync(happens)).GetProperty("at").GetDateTimeOffset();
    }
}

/// <summary>Schema, data and applied migrations of a database.</summary>
internal sealed record Outcome(IReadOnlyList<string> Schema, IReadOnlyList<string> Data, IReadOnlyList<string> Migrations)
{
    /// <summary>From the run's first entry in the journal to its last.</summary>
    public TimeSpan Time { get; init; }

    public static async Task<Outcome> ReadAsync(PhasedDatabase database) => new(
        await Catalogue.SchemaAsync(database), await Catalogue.DataAsync(database, []), await RenamedSample.AppliedAsync(database));
}

[CollectionDefinition(nameof(RenamedSample))]
#pragma warning disable CA1711 // xunit's word.
public sealed class RenamedSampleCollection : ICollectionFixture<InstalledTool>, ICollectionFixture<RenamedSample>;
