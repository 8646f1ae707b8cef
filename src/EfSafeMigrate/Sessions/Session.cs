using EfSafeMigrate.Projects;
using EfSafeMigrate.Protocol;

namespace EfSafeMigrate.Sessions;

/// <summary>An open connection to the target database, over the agent and the user's own provider.</summary>
internal sealed class Session
{
    /// <summary>Tells the tool's own statements from those of releases, in the server's statistics.</summary>
    public const string Mark = "/* safe-migrate */";

    private const int ConnectSeconds = 15;

    private readonly LoadedProject project;
    private readonly string? connectionString;
    private readonly string name;
    private ConnectResult connection;
    private IReadOnlyList<string>? applied;

    private Session(LoadedProject project, string? connectionString, string name, ConnectResult connection) =>
        (this.project, this.connectionString, this.name, this.connection) = (project, connectionString, name, connection);

    /// <summary>How often this and the project's other sessions have read.</summary>
    public long Reads => project.Reads;

    /// <summary>In EF's history, when it was read for the plan.</summary>
    public IReadOnlyList<string> Applied => applied ?? throw new InvalidOperationException("EF's history has not been read.");

    public string ServerVersion => connection.ServerVersion;

    /// <summary>The driver and its version; null where it does not say.</summary>
    public string? Driver => connection.Driver;

    /// <summary>The server's process for this connection, as the driver heard it; null where there is none.</summary>
    public int? Backend => connection.Backend;

    /// <summary>Database and server as a person knows them: no user, no password.</summary>
    public string Target => $"{Database}@{Server}";

    public string Database => Path.GetFileName(connection.Database);

    public string Server => ServerOf(connection.DataSource);

    /// <param name="mustExist">Opening would make a database that is not there.</param>
    public static Task<Session> OpenAsync(LoadedProject project, string? connectionString, bool mustExist, Talk talk, CancellationToken cancellation) =>
        talk.During("Connecting", OpenAsync(project, connectionString, mustExist, SessionNames.Work, cancellation));

    /// <summary>Another session of a database that is open already.</summary>
    public static Task<Session> OpenAsync(LoadedProject project, string? connectionString, string name, CancellationToken cancellation) =>
        OpenAsync(project, connectionString, mustExist: false, name, cancellation);

    private static async Task<Session> OpenAsync(LoadedProject project, string? connectionString, bool mustExist, string name, CancellationToken cancellation)
    {
        var request = new ConnectRequest(connectionString, ConnectSeconds) { Session = name, MustExist = mustExist };
        var opened = await project.AskAsync(request, ProtocolJson.Default.ConnectResult, cancellation);
        return new Session(project, connectionString, name, opened);
    }

    /// <summary>The same for those who do not know whose it is; its settings are gone when it is opened again.</summary>
    public Connection Connection => new(QueryAsync, (statements, transaction, seconds, cancellation) => RunAsync(statements, transaction, cancellation, seconds), (_, cancellation) => ReopenAsync(cancellation))
    {
        CopyAsync = (destination, cancellation) => AskAsync(new CopyRequest(destination), ProtocolJson.Default.CopyResult, cancellation),
        LinesAsync = (sql, seconds, cancellation) => AskAsync(new LinesRequest(sql, seconds), ProtocolJson.Default.LinesResult, cancellation),
    };

    /// <summary>Reads which migrations EF has recorded, and keeps the answer.</summary>
    /// <param name="before">Goes before the question, and holds for it only.</param>
    public async Task ReadAppliedAsync(IReadOnlyList<string> before, CancellationToken cancellation) =>
        applied = (await AskAsync(new AppliedRequest(before), ProtocolJson.Default.AppliedResult, cancellation)).Migrations;

    /// <summary>Reads anew which migrations EF has recorded.</summary>
    public async Task<IReadOnlyList<string>> AppliedAsync(CancellationToken cancellation) =>
        (await AskAsync(new AppliedRequest([]), ProtocolJson.Default.AppliedResult, cancellation)).Migrations;

    /// <summary>Connects anew.</summary>
    /// <exception cref="QueryFailure">The server does not answer.</exception>
    public async Task ReopenAsync(CancellationToken cancellation) =>
        connection = await AskAsync(new ConnectRequest(connectionString, ConnectSeconds), ProtocolJson.Default.ConnectResult, cancellation);

    /// <summary>Closes the connection; it cannot be used again.</summary>
    public async Task CloseAsync()
    {
        try
        {
            await AskAsync(new DisconnectRequest(), ProtocolJson.Default.DisconnectResult, CancellationToken.None);
        }
        catch (Exception exception) when (exception is QueryFailure or SafeMigrateException)
        {
            // The connection or the application is gone, which is as good.
        }
    }

    /// <summary>Reads; the agent rolls the transaction back. Fits <see cref="Query"/>. Marked.</summary>
    public Task<QueryResult> QueryAsync(string sql, IReadOnlyList<string?> parameters, int timeoutSeconds, CancellationToken cancellation) =>
        AskAsync(new QueryRequest($"{sql}\n{Mark}", parameters, timeoutSeconds), ProtocolJson.Default.QueryResult, cancellation);

    /// <summary>Changes something; all or nothing when in a transaction.</summary>
    /// <exception cref="QueryFailure">The server refuses a statement, or one changed another number of rows than was said.</exception>
    public async Task<IReadOnlyList<StatementResult>> RunAsync(
        IReadOnlyList<StatementMessage> statements, bool transaction, CancellationToken cancellation, int timeoutSeconds = 30) =>
        (await AskAsync(new BatchRequest(statements, transaction, timeoutSeconds), ProtocolJson.Default.BatchResult, cancellation)).Statements;

    /// <summary>Lets EF apply one migration.</summary>
    /// <exception cref="QueryFailure">It failed.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled, and the server has let go.</exception>
    public async Task<MigrateResult> MigrateAsync(MigrateRequest request, Action<CommandProgress> progress, CancellationToken cancellation)
    {
        try
        {
            return await project.MigrateAsync(request with { Session = name }, progress, cancellation);
        }
        catch (AgentFailure failure)
        {
            throw failure.Failure.Code == FailureCode.Cancelled ? new OperationCanceledException(cancellation) : Refused(failure);
        }
    }

    /// <summary>Lets releases write and read rows, of which none stays. Only on a scratch database.</summary>
    public Task<ProofResult> ProveAsync(ProofRequest request, CancellationToken cancellation) => AskAsync(request, ProtocolJson.Default.ProofResult, cancellation);

    private async Task<T> AskAsync<T>(Request request, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type, CancellationToken cancellation)
    {
        try
        {
            return await project.AskDatabaseAsync(request with { Session = name }, type, cancellation);
        }
        catch (AgentFailure failure)
        {
            throw Refused(failure);
        }
    }

    private static QueryFailure Refused(AgentFailure failure) => new(failure.Failure.Message, failure.Failure.SqlState)
    {
        Lost = failure.Failure.Code == FailureCode.ConnectionLost,
        Overtaken = failure.Failure.Code == FailureCode.Overtaken,
        Unexpected = failure.Failure.Code == FailureCode.Unexpectedly,
        Detail = failure.Failure.Detail,
    };

    private static string ServerOf(string dataSource) =>
        Uri.TryCreate(dataSource, UriKind.Absolute, out var address) && address.Host.Length > 0 ? $"{address.Host}:{address.Port}" : Path.GetFileName(dataSource);
}
