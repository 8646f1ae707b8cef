using EfSafeMigrate.Protocol;

namespace EfSafeMigrate.Sessions;

/// <summary>Changes something: all statements in one transaction, or each by itself.</summary>
/// <exception cref="QueryFailure">The server refuses a statement, or one changed another number of rows than was said.</exception>
internal delegate Task<IReadOnlyList<StatementResult>> Execute(IReadOnlyList<StatementMessage> statements, bool transaction, int timeoutSeconds, CancellationToken cancellation);

/// <summary>One open connection, whoever opened it.</summary>
/// <param name="ReconnectAsync">Opens it again after it was lost, with its settings; fails when the server does not come back in time. Null where whoever gave it does that.</param>
internal sealed record Connection(Query QueryAsync, Execute RunAsync, Func<QueryFailure, CancellationToken, Task>? ReconnectAsync)
{
    /// <summary>Copies the whole database, as the session sees it, into the one that a connection string leads to; only where databases are files.</summary>
    public Func<string, CancellationToken, Task>? CopyAsync { get; init; }

    /// <summary>One digest over the lines that a query finds, whatever their order.</summary>
    public Func<string, int, CancellationToken, Task<LinesResult>>? LinesAsync { get; init; }
}
