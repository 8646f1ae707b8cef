using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Sessions;

namespace EfSafeMigrate.Updates.Scratches;

/// <summary>The database that a scratch is made after, and the ways to it and to others of its provider.</summary>
/// <param name="ConnectionString">Null for the project's own.</param>
internal sealed record Original(Engine Engine, string? ConnectionString)
{
    /// <summary>Opens a session of a name; one that is open already is closed first.</summary>
    public required Func<string?, string, CancellationToken, Task<Link>> ConnectAsync { get; init; }

    /// <summary>What a connection string says.</summary>
    public required Func<ConnectionTextRequest, CancellationToken, Task<ConnectionTextResult>> ReadAsync { get; init; }

    /// <summary>The commands of the migrations that are applied, oldest first.</summary>
    public required Func<CancellationToken, Task<IReadOnlyList<CommandMessage>>> CommandsAsync { get; init; }

    /// <summary>What the application reads the columns as.</summary>
    public required Func<CancellationToken, Task<IReadOnlyList<ColumnMeaning>>> MeaningsAsync { get; init; }

    /// <summary>Where databases of our own take backups only, the engine has no others.</summary>
    public ScratchForms Forms => Engine.Scratch ?? Engine.Backups.Scratch!;

    /// <summary>Where a connection string leads.</summary>
    public async Task<ConnectionTextResult> TextAsync(string? connectionString, IReadOnlyDictionary<string, string> set, CancellationToken cancellation)
    {
        var forms = Forms;
        string[] get = [forms.Database, .. forms.Host is { } host ? [host] : Array.Empty<string>(), .. forms.Keywords];
        return await ReadAsync(new ConnectionTextRequest(connectionString, set, [.. get.Distinct()]), cancellation);
    }

    /// <summary>The same connection to another database.</summary>
    public Task<ConnectionTextResult> ToAsync(string database, CancellationToken cancellation) =>
        TextAsync(ConnectionString, new Dictionary<string, string>(Forms.Always) { [Forms.Database] = database }, cancellation);
}

/// <summary>An open session, and how it is closed.</summary>
internal sealed record Link(Connection Connection, string Database, string Server, Func<ValueTask> CloseAsync) : IAsyncDisposable
{
    /// <summary>As a person knows it, without a password.</summary>
    public string Where => $"{Database}@{Server}";

    public async Task<IReadOnlyList<IReadOnlyList<string?>>> AskAsync(Ask ask, CancellationToken cancellation, int seconds = 60) =>
        (await Connection.QueryAsync(ask.Sql, ask.Parameters, seconds, cancellation)).Rows;

    /// <summary>The first value of the first row; null when there is none.</summary>
    public async Task<string?> OneAsync(Ask ask, CancellationToken cancellation) => await AskAsync(ask, cancellation) is [[var first, ..], ..] ? first : null;

    /// <summary>Each by itself.</summary>
    public Task RunAsync(IEnumerable<string> statements, CancellationToken cancellation, int seconds = 3600) =>
        RunAsync([.. statements.Select(sql => new StatementMessage(sql))], cancellation, seconds);

    public Task RunAsync(IReadOnlyList<StatementMessage> statements, CancellationToken cancellation, int seconds = 3600) =>
        statements.Count == 0 ? Task.CompletedTask : Connection.RunAsync(statements, false, seconds, cancellation);

    public ValueTask DisposeAsync() => CloseAsync();
}

