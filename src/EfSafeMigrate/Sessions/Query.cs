using EfSafeMigrate.Protocol;

namespace EfSafeMigrate.Sessions;

/// <summary>Reads in a transaction of its own, which is rolled back; parameters are <c>@p0</c>, <c>@p1</c> …</summary>
/// <exception cref="QueryFailure">The server refuses the query.</exception>
/// <exception cref="OperationCanceledException">Cancelled; what ran on the server is stopped.</exception>
internal delegate Task<QueryResult> Query(string sql, IReadOnlyList<string?> parameters, int timeoutSeconds, CancellationToken cancellation);
