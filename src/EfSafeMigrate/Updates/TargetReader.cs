using EfSafeMigrate.Engines;
using EfSafeMigrate.Sessions;

namespace EfSafeMigrate.Updates;

internal static class TargetReader
{
    /// <summary>Who we are on which database.</summary>
    public static async Task<Target> ReadAsync(Session session, Engine engine, CancellationToken cancellation)
    {
        var ask = engine.Updates.Identity;
        var found = await session.QueryAsync(ask.Sql, ask.Parameters, timeoutSeconds: 15, cancellation);
        return new Target(session.Server, session.Database, found.Rows[0][0] ?? "", Digest.Of(engine.Id, found.Rows[0][1] ?? ""));
    }
}
