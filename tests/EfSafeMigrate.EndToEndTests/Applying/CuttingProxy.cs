using System.Net;
using System.Net.Sockets;
using System.Text;
using Npgsql;

namespace EfSafeMigrate.EndToEndTests.Applying;

/// <summary>
/// Stands between the tool and the server and cuts one connection once: when the COMMIT behind EF's own record of a migration has gone to the
/// server and the server has answered, but before the answer has gone back. Or it lets nothing through any more from there on, and nobody hears
/// of it.
/// </summary>
internal sealed class CuttingProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource ending = new();
    private readonly NpgsqlConnectionStringBuilder server;
    private readonly string? freezesAt;
    private int cut;

    /// <param name="connectionString">Of the server.</param>
    /// <param name="freezesAt">What a statement holds at which its connection freezes; null to cut as the class says.</param>
    public CuttingProxy(string connectionString, string? freezesAt = null)
    {
        this.freezesAt = freezesAt;
        server = new NpgsqlConnectionStringBuilder(connectionString);
        listener.Start();
        _ = AcceptAsync();
    }

    public bool HasCut => cut > 0;

    /// <summary>Waits until it has.</summary>
    public async Task CutAsync()
    {
        while (!HasCut)
        {
            await Task.Delay(20, ending.Token);
        }
    }

    public string ConnectionString => new NpgsqlConnectionStringBuilder(server.ConnectionString)
    {
        Host = "127.0.0.1", Port = ((IPEndPoint)listener.LocalEndpoint).Port, SslMode = SslMode.Disable,
    }.ConnectionString;

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        listener.Dispose();
        ending.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!ending.IsCancellationRequested)
        {
            TcpClient client;
            try
            {
                client = await listener.AcceptTcpClientAsync(ending.Token);
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
            _ = ServeAsync(client);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var near = client;
        using var far = new TcpClient();
        await far.ConnectAsync(server.Host!, server.Port, CancellationToken.None);
        var talk = new Talk();
        await Task.WhenAny(
            CopyAsync(near.GetStream(), far.GetStream(), sent => Hear(talk, sent)),
            CopyAsync(far.GetStream(), near.GetStream(), _ => !talk.Cuts && !talk.Freezes));
        if (talk.Freezes)
        {
            await Task.WhenAny(Task.Delay(Timeout.Infinite, ending.Token));
        }
    }

    /// <summary>What goes to the server goes on in any case.</summary>
    private bool Hear(Talk talk, string sent)
    {
        if (freezesAt is not null)
        {
            talk.Freezes |= sent.Contains(freezesAt, StringComparison.Ordinal) && Interlocked.CompareExchange(ref cut, 1, 0) == 0;
            return true;
        }
        talk.Records |= sent.Contains("INSERT INTO \"__EFMigrationsHistory\"", StringComparison.Ordinal);
        if (talk.Records && sent.Contains("COMMIT", StringComparison.Ordinal) && Interlocked.CompareExchange(ref cut, 1, 0) == 0)
        {
            talk.Cuts = true;
        }
        return true;
    }

    private static async Task CopyAsync(NetworkStream from, NetworkStream to, Func<string, bool> mayPass)
    {
        var buffer = new byte[1 << 16];
        try
        {
            while (await from.ReadAsync(buffer) is > 0 and var read && mayPass(Encoding.Latin1.GetString(buffer, 0, read)))
            {
                await to.WriteAsync(buffer.AsMemory(0, read));
            }
        }
        catch (IOException)
        {
            // One side is gone; the other follows.
        }
    }

    private sealed class Talk
    {
        public bool Records { get; set; }

        public bool Cuts { get; set; }

        public bool Freezes { get; set; }
    }
}
