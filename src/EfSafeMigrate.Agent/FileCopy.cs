using System.Data.Common;
using System.Reflection;
using System.Runtime.ExceptionServices;

namespace EfSafeMigrate.Agent;

/// <summary>Microsoft.Data.Sqlite's copy of a whole database: pages in one transaction of the source and one of the destination.</summary>
internal static class FileCopy
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <exception cref="DbException">The destination cannot be written, or somebody else writes to it for too long.</exception>
    public static async Task RunAsync(DbConnection source, DbConnection destination, CancellationToken cancellation)
    {
        var copy = source.GetType().GetMethod("BackupDatabase", [source.GetType()]) ?? throw new NotSupportedException("The provider does not copy databases.");
        for (var clock = System.Diagnostics.Stopwatch.StartNew(); ; await Task.Delay(Pause, cancellation))
        {
            try
            {
                await Task.Run(() => copy.Invoke(source, [destination]), cancellation);
                return;
            }
            catch (TargetInvocationException exception) when (clock.Elapsed < Patience && IsBusy(exception.InnerException))
            {
                // Nothing was written; whoever writes there lets go soon.
            }
            catch (TargetInvocationException exception) when (exception.InnerException is { } inner)
            {
                ExceptionDispatchInfo.Throw(inner);
                throw;
            }
        }
    }

    /// <summary>SQLITE_BUSY and SQLITE_LOCKED.</summary>
    private static bool IsBusy(Exception? exception) => exception?.GetType().GetProperty("SqliteErrorCode")?.GetValue(exception) is 5 or 6;
}
