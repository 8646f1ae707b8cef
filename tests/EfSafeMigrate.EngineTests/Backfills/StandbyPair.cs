using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace EfSafeMigrate.EngineTests.Backfills;

/// <summary>A PostgreSQL server of the test's own and a standby that follows it, both on loopback.</summary>
internal sealed class StandbyPair : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("safe-migrate-standby-").FullName;
    private readonly int primaryPort = FreePort();
    private readonly int standbyPort = FreePort();

    public string Primary => Connect(primaryPort);

    public string Standby => Connect(standbyPort);

    public static async Task<StandbyPair> StartAsync()
    {
        var pair = new StandbyPair();
        if (Environment.UserName == "root")
        {
            await MustAsync("chown", "postgres", pair.folder);
        }
        await pair.ServerAsync("initdb", "-D", pair.Data("primary"), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8");
        await pair.StartAsync("primary", pair.primaryPort);
        await pair.ServerAsync("pg_basebackup", "-D", pair.Data("standby"), "-R", "-c", "fast", "-d", $"host=127.0.0.1 port={pair.primaryPort} user=postgres application_name=standby1");
        await pair.StartAsync("standby", pair.standbyPort);
        return pair;
    }

    public Task StopStandbyAsync() => StopAsync("standby");

    public async ValueTask DisposeAsync()
    {
        foreach (var server in new[] { "standby", "primary" }.Where(each => File.Exists(Path.Combine(Data(each), "postmaster.pid"))))
        {
            await StopAsync(server);
        }
        Directory.Delete(folder, recursive: true);
    }

    private static string Connect(int port) => $"Host=127.0.0.1;Port={port};Username=postgres;Database=postgres";

    private string Data(string server) => Path.Combine(folder, server);

    private Task StartAsync(string server, int port) => ServerAsync(
        "pg_ctl", "-D", Data(server), "-l", Path.Combine(folder, $"{server}.log"), "-w",
        "-o", $"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off -c shared_buffers=16MB -c wal_receiver_status_interval=1s", "start");

    private Task StopAsync(string server) => ServerAsync("pg_ctl", "-D", Data(server), "-m", "immediate", "-w", "stop");

    private Task ServerAsync(string program, params string[] arguments)
    {
        var bin = Environment.GetEnvironmentVariable("SAFE_MIGRATE_PGBIN")
            ?? Directory.GetDirectories("/usr/lib/postgresql").Select(each => Path.Combine(each, "bin")).Where(each => File.Exists(Path.Combine(each, "initdb"))).Max()
            ?? throw new InvalidOperationException("PostgreSQL's programs were not found: set SAFE_MIGRATE_PGBIN to their folder.");
        string[] call = [Path.Combine(bin, program), .. arguments];
        // PostgreSQL refuses to run as root.
        return Environment.UserName == "root"
            ? MustAsync("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", "env", $"HOME={folder}", .. call]) : MustAsync(call[0], call[1..]);
    }

    private static async Task MustAsync(string program, params string[] arguments)
    {
        // The server keeps what it inherits open: its output goes nowhere.
        var start = new ProcessStartInfo("sh") { WorkingDirectory = "/" };
        foreach (var argument in (string[])["-c", "exec \"$@\" >/dev/null 2>&1 </dev/null", "sh", program, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, $"{program} {string.Join(' ', arguments)}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
