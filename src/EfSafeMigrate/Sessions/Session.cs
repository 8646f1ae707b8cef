using EfSafeMigrate.Projects;
using EfSafeMigrate.Protocol;

namespace EfSafeMigrate.Sessions;

/// <summary>An open connection to the target database, over the agent and the user's own provider.</summary>
internal sealed class Session
{
    private const int ConnectSeconds = 15;

    private readonly LoadedProject project;
    private readonly ConnectResult connection;

    private Session(LoadedProject project, ConnectResult connection) => (this.project, this.connection) = (project, connection);

    public IReadOnlyList<string> Applied => connection.Applied;

    public string ServerVersion => connection.ServerVersion;

    /// <summary>Database and server as a person knows them: no user, no password.</summary>
    public string Target => $"{Path.GetFileName(connection.Database)}@{Server(connection.DataSource)}";

    public static async Task<Session> OpenAsync(LoadedProject project, string? connectionString, Talk talk, CancellationToken cancellation)
    {
        var request = new ConnectRequest(connectionString, ConnectSeconds);
        var asked = project.AskAsync(request, ProtocolJson.Default.ConnectResult, cancellation);
        return new Session(project, await talk.During("Connecting", asked));
    }

    /// <summary>Reads; the agent rolls the transaction back. Fits <see cref="Query"/>.</summary>
    public async Task<QueryResult> QueryAsync(string sql, IReadOnlyList<string?> parameters, int timeoutSeconds, CancellationToken cancellation)
    {
        try
        {
            return await project.QueryAsync(new QueryRequest(sql, parameters, timeoutSeconds), cancellation);
        }
        catch (AgentFailure failure)
        {
            throw new QueryFailure(failure.Failure.Message, failure.Failure.SqlState);
        }
    }

    private static string Server(string dataSource) =>
        Uri.TryCreate(dataSource, UriKind.Absolute, out var address) && address.Host.Length > 0 ? $"{address.Host}:{address.Port}" : Path.GetFileName(dataSource);
}
