using EfSafeMigrate.EndToEndTests.Applying;
using EfSafeMigrate.EndToEndTests.Phases;
using Npgsql;

namespace EfSafeMigrate.EndToEndTests.Rollbacks;

/// <summary>A database of the sample, by one of its contexts.</summary>
internal sealed class UndoDatabase(InstalledTool tool, string project, string context, PhasedDatabase database) : IAsyncDisposable
{
    public PhasedDatabase Database => database;

    public Task<ShellResult> RunOfAsync(string other, string verb, params string[] arguments) => RunAsync(other, verb, arguments);

    private async Task<ShellResult> RunAsync(string other, string verb, params string[] arguments) => (await tool.RunAsync(
        project, [verb, .. arguments, "--no-build", "--environment", "Testing", "--context", other], environment: new Dictionary<string, string> { ["BUSY"] = database.ConnectionString })).Unwrapped();

    /// <summary>A run that is followed by its JSON lines.</summary>
    public ApplyRun Follow(string verb, params string[] arguments) =>
        ApplyRun.Start(tool, project, database.ConnectionString, [verb, "--no-build", "--environment", "Testing", "--context", context, "--json", .. arguments]);

    public async Task<ShellResult> MustAsync(int code, string verb, params string[] arguments)
    {
        var ended = await RunAsync(context, verb, arguments);
        ended.Code.ShouldBe(code, $"{verb} {string.Join(' ', arguments)}\n{ended.Output}{ended.Error}");
        return ended;
    }

    /// <summary>It says so, and nothing has changed.</summary>
    public async Task RefusesAsync(string sentence, string next, params string[] arguments)
    {
        var before = await GuardedNotes.StateAsync(database);
        var ended = await MustAsync(3, "rollback", arguments);
        ended.Error.ShouldContain(sentence);
        ended.Error.ShouldContain($"  → {next}");
        (await GuardedNotes.StateAsync(database)).ShouldBe(before);
    }

    public async Task<NpgsqlConnection> HoldingAsync(string statement)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database.ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await BusyDatabase.DoAsync(connection, statement);
        return connection;
    }

    public Task<IReadOnlyList<string>> AppliedAsync() => database.LinesAsync("""SELECT "MigrationId" FROM "__EFMigrationsHistory" ORDER BY 1""");

    /// <summary>Kind and outcome, or migration, of each entry of the last run.</summary>
    public Task<IReadOnlyList<string>> LastRunAsync() => database.LinesAsync("""
        SELECT kind || coalesce(' ' || (entry::json ->> 'migration'), ' ' || (entry::json ->> 'outcome'), '') FROM safe_migrate.journal
        WHERE run = (SELECT run FROM safe_migrate.journal WHERE kind = 'run-started' ORDER BY number DESC LIMIT 1) AND kind <> 'schema-kept' ORDER BY number
        """);

    public async ValueTask DisposeAsync() => await database.DisposeAsync();
}
