using EfSafeMigrate.Engines;
using EfSafeMigrate.Sessions;

namespace EfSafeMigrate.Updates;

internal static class TargetReader
{
    /// <summary>Who we are on which database.</summary>
    public static Task<Target> ReadAsync(Session session, Engine engine, CancellationToken cancellation) => ReadAsync(session, engine, engine.Updates.Identity, cancellation);

    /// <param name="ask">One row: who we are, and what makes the database another than any other.</param>
    public static async Task<Target> ReadAsync(Session session, Engine engine, Ask ask, CancellationToken cancellation)
    {
        var found = await session.QueryAsync(ask.Sql, ask.Parameters, timeoutSeconds: 15, cancellation);
        return new Target(session.Server, session.Database, found.Rows[0][0] ?? "", Digest.Of(engine.Id, found.Rows[0][1] ?? ""));
    }
}
