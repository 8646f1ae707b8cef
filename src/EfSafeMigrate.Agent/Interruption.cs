using System.Data.Common;

namespace EfSafeMigrate.Agent;

/// <summary>
/// Stops a running statement when it is cancelled. Microsoft.Data.Sqlite runs statements on the calling thread and knows no cancellation,
/// SQLite itself has <c>sqlite3_interrupt</c>; other providers hear the token.
/// </summary>
internal static class Interruption
{
    public static CancellationTokenRegistration On(DbConnection connection, CancellationToken cancellation)
    {
        var handle = connection.GetType() is { Name: "SqliteConnection" } type ? type.GetProperty("Handle")?.GetValue(connection) : null;
        var interrupt = handle?.GetType().Assembly.GetType("SQLitePCL.raw")?.GetMethod("sqlite3_interrupt", [handle.GetType()]);
        return interrupt is null ? default : cancellation.Register(() => interrupt.Invoke(null, [handle]));
    }
}
