using EfSafeMigrate.Engines;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Sessions;

namespace EfSafeMigrate.Facts;

/// <summary>Asks for a limited time: the server stops by itself where it can, and is interrupted where it cannot.</summary>
internal static class LimitedQuery
{
    /// <summary>How long the server is trusted to stop by itself.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(250);

    /// <summary>The rows, or null when the time was up.</summary>
    /// <exception cref="QueryFailure">The server refuses, or stopped by itself.</exception>
    public static async Task<IReadOnlyList<IReadOnlyList<string?>>?> AskAsync(
        this Query query, Engine engine, Ask ask, TimeSpan limit, CancellationToken cancellation)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        ending.CancelAfter(limit + Grace);
        try
        {
            // The driver's own limit, in whole seconds, comes last.
            var result = await query(engine.Probes.Limits(limit) + ask.Sql, ask.Parameters, (int)Math.Ceiling(limit.TotalSeconds) + 2, ending.Token);
            return result.Rows;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
    }
}
