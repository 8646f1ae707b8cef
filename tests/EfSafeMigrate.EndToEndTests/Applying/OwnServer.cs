using EfSafeMigrate.EndToEndTests.Phases;

namespace EfSafeMigrate.EndToEndTests.Applying;

/// <summary>A PostgreSQL server of the test's own, which may be restarted, and whose disk may be small.</summary>
internal sealed class OwnServer : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("safe-migrate-server-").FullName;
    private readonly bool small;
    private readonly string options;
    private int port;

    private OwnServer(bool small, string options) => (this.small, this.options) = (small, options);

    public int Port => port;

    public string Log => Path.Combine(folder, "log");

    public string Data => Path.Combine(folder, "data");

    public string ConnectionString => $"Host=127.0.0.1;Port={port};Username=postgres;Database=postgres";

    /// <summary>Where a full disk can be made of.</summary>
    public string Filler => Path.Combine(Data, "filler");

    /// <param name="small">The data, without the log of the server's changes, on a file system of 160 MB; needs root.</param>
    /// <param name="options">Of the server's command line.</param>
    public static async Task<OwnServer> StartAsync(bool small = false, string options = "")
    {
        var server = new OwnServer(small, options);
        var data = Directory.CreateDirectory(server.Data).FullName;
        if (small)
        {
            await MustAsync("mount", "-t", "tmpfs", "-o", "size=160m", "tmpfs", data);
        }
        if (Environment.UserName == "root")
        {
            await MustAsync("chown", "postgres", server.folder, data);
        }
        using (var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0))
        {
            listener.Start();
            server.port = ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
        }
        await server.ServerAsync("initdb", "-X", Path.Combine(server.folder, "wal"), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8");
        await server.ControlAsync("start");
        return server;
    }

    public Task RestartAsync() => ControlAsync("restart");

    public async ValueTask DisposeAsync()
    {
        await ServerAsync("pg_ctl", "-m", "immediate", "stop");
        if (small)
        {
            await MustAsync("umount", Data);
        }
        Directory.Delete(folder, recursive: true);
    }

    private Task ControlAsync(string verb) => ServerAsync(
        "pg_ctl", "-l", Log, "-w", "-m", "immediate",
        "-o", $"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off -c max_wal_size=48MB -c min_wal_size=32MB {options}", verb);

    /// <summary>The folder of the server's programs.</summary>
    internal static string Programs => Environment.GetEnvironmentVariable("SAFE_MIGRATE_PGBIN")
        ?? Directory.GetDirectories("/usr/lib/postgresql").Select(each => Path.Combine(each, "bin")).Where(each => File.Exists(Path.Combine(each, "initdb"))).Max()
        ?? throw new InvalidOperationException("PostgreSQL's programs were not found: set SAFE_MIGRATE_PGBIN to their folder.");

    private Task ServerAsync(string program, params string[] arguments)
    {
        string[] call = [Path.Combine(Programs, program), "-D", Data, .. arguments];
        // PostgreSQL refuses to run as root.
        return Environment.UserName == "root"
            ? MustAsync("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", "env", $"HOME={folder}", .. call]) : MustAsync(call[0], call[1..]);
    }

    private static async Task MustAsync(string program, params string[] arguments)
    {
        // The server keeps what it inherits open: its output goes nowhere, else this would wait for it.
        var result = await Shell.RunAsync("/", "sh", ["-c", "exec \"$@\" >/dev/null 2>&1", "sh", program, .. arguments]);
        result.Code.ShouldBe(0, $"{program} {string.Join(' ', arguments)}");
    }
}
