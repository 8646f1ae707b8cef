using System.Data.Common;
using System.Net.Sockets;

namespace EfSafeMigrate.Agent;

/// <summary>Tells a refused statement from a connection that is gone: after the latter nobody knows whether the statement succeeded.</summary>
internal static class ConnectionLoss
{
    public static bool Is(Exception? exception) => exception switch
    {
        null => false,
        IOException or SocketException => true,
        // 08: connection exceptions; 57P01–57P03: the server shuts down, or ended the session.
        DbException { SqlState: { } state } => state.StartsWith("08", StringComparison.Ordinal) || state is "57P01" or "57P02" or "57P03",
        DbException { InnerException: { } inner } => Is(inner),
        // EF and its execution strategies wrap what the driver threw.
        InvalidOperationException { InnerException: { } inner } => Is(inner),
        _ => false,
    };
}
