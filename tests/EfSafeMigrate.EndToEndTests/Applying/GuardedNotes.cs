using System.Text.Json;
using System.Text.Json.Nodes;
using EfSafeMigrate.EndToEndTests.Phases;

namespace EfSafeMigrate.EndToEndTests.Applying;

/// <summary>A database of notes with a harmless migration and one that destroys, seen from a folder with settings of its own.</summary>
internal sealed class GuardedNotes : IAsyncDisposable
{
    private const string Context = "GuardedContext";

    private readonly InstalledTool tool;
    private readonly BusyDatabase busy;
    private readonly string folder;

    private GuardedNotes(InstalledTool tool, BusyDatabase busy) =>
        (this.tool, this.busy, folder) = (tool, busy, Directory.CreateDirectory(Path.Combine(tool.Scratch, $"guarded-{Guid.NewGuid():N}")).FullName);

    public PhasedDatabase Database => busy.Database;

    public string Project => busy.Project;

    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>As the tool says it.</summary>
    public string Server => new Npgsql.NpgsqlConnectionStringBuilder(Database.ConnectionString) is var text ? $"{text.Host}:{text.Port}" : "";

    public static async Task<GuardedNotes> CreateAsync(InstalledTool tool, BusySample sample, string? settings = null)
    {
        var notes = new GuardedNotes(tool, await sample.DatabaseAsync(tool, Context));
        await notes.SettleAsync(settings ?? """{ "schemaVersion": 1 }""");
        return notes;
    }

    public async Task SettleAsync(string settings)
    {
        Directory.CreateDirectory(PathOf(".config"));
        await File.WriteAllTextAsync(PathOf(".config/safe-migrate.json"), Reasoned(settings));
    }

    /// <summary>Settings by which a reason is enough in place of a backup and a rehearsal, where they do not say what is.</summary>
    public static string Reasoned(string settings)
    {
        var all = JsonNode.Parse(settings)!.AsObject();
        var targets = all["protected"]?.AsObject() ?? [];
        all["protected"] = targets;
        foreach (var key in new[] { "backup", "rehearsal" }.Where(key => !targets.ContainsKey(key)))
        {
            targets[key] = "skipped";
        }
        return all.ToJsonString();
    }

    public string PathOf(string file) => Path.Combine(folder, file);

    public Task<ShellResult> RunAsync(string verb, params string[] arguments) => RunAsync(Database, verb, arguments);

    public Task<ShellResult> RunAsync(PhasedDatabase database, string verb, params string[] arguments)
    {
        var environs = new Dictionary<string, string>(Environment);
        environs.TryAdd("BUSY", database.ConnectionString);
        return tool.RunAsync(folder, [verb, "--project", Project, "--context", Context, "--no-build", .. arguments], environment: environs);
    }

    /// <summary>Without a project: only what is in the folder.</summary>
    public Task<ShellResult> RunOfflineAsync(params string[] arguments) =>
        tool.RunAsync(folder, arguments, environment: new Dictionary<string, string>(Environment) { ["BUSY"] = "Host=127.0.0.1;Port=1;Timeout=1" });

    public async Task<ShellResult> MustAsync(int code, string verb, params string[] arguments)
    {
        var ended = await RunAsync(verb, arguments);
        ended.Code.ShouldBe(code, ended.Output + ended.Error);
        return ended;
    }

    /// <summary>One sentence, the next command, the exit code; and nothing has changed.</summary>
    public async Task RefusesAsync(int code, string sentence, string next, params string[] arguments) => await RefusesAsync(Database, code, sentence, next, arguments);

    public async Task RefusesAsync(PhasedDatabase database, int code, string sentence, string next, params string[] arguments)
    {
        var before = await StateAsync(database);
        var ended = await RunAsync(database, "apply", arguments);
        var said = ended.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line.StartsWith("  ", StringComparison.Ordinal)).ToArray();
        ended.Code.ShouldBe(code, ended.Output + ended.Error);
        said.Length.ShouldBe(2, ended.Error);
        said[0].ShouldContain(sentence);
        said[1].ShouldStartWith($"  → {next}");
        (await StateAsync(database)).ShouldBe(before);
    }

    /// <summary>The hash of the plan, and what was printed of it.</summary>
    public async Task<(string Hash, string Printed)> PlanAsync(params string[] arguments)
    {
        var printed = (await MustAsync(0, "apply", ["--plan-only", "--json", .. arguments])).Output;
        var plan = printed.Split('\n').Single(line => line.StartsWith("""{"event":"plan",""", StringComparison.Ordinal));
        return (JsonDocument.Parse(plan).RootElement.GetProperty("hash").GetString()!, printed);
    }

    public static string Spoken(string hash) => string.Join('-', hash[..16].Chunk(4).Select(group => new string(group)));

    public Task<IReadOnlyList<string>> AppliedAsync() => Database.LinesAsync("""SELECT "MigrationId" FROM "__EFMigrationsHistory" ORDER BY 1""");

    public Task<IReadOnlyList<string>> OverriddenAsync() =>
        Database.LinesAsync("SELECT (entry::json ->> 'safeguard') || ': ' || (entry::json ->> 'reason') FROM safe_migrate.journal WHERE kind = 'overridden' ORDER BY number");

    /// <summary>Tables, rows, EF's history, and what the journal says, if there is one.</summary>
    public static async Task<IReadOnlyList<string>> StateAsync(PhasedDatabase database)
    {
        List<string> state =
        [
            .. await Catalogue.SchemaAsync(database), .. await Catalogue.DataAsync(database, []),
            .. await database.LinesAsync("""SELECT "MigrationId" FROM "__EFMigrationsHistory" ORDER BY 1"""),
            .. await database.LinesAsync("SELECT nspname FROM pg_namespace WHERE nspname NOT LIKE 'pg\\_%' ORDER BY 1"),
        ];
        if (state.Contains("safe_migrate"))
        {
            state.AddRange(await database.LinesAsync("SELECT number, kind, entry FROM safe_migrate.journal ORDER BY number"));
        }
        return state;
    }

    public async ValueTask DisposeAsync() => await busy.DisposeAsync();
}
