using Npgsql;

namespace EfSafeMigrate.EndToEndTests.Applying;

/// <summary>A PostgreSQL server of the test's own that asks for a password, and never hears it in plain.</summary>
internal sealed class ScramServer : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("safe-migrate-scram-").FullName;
    private readonly string password;
    private readonly int port;

    private ScramServer(string password)
    {
        this.password = password;
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        port = ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }

    public string Log => Path.Combine(folder, "log");

    public string ConnectionString => Connect("deploy", "shop", password);

    public static async Task<ScramServer> StartAsync(string password)
    {
        var server = new ScramServer(password);
        if (Environment.UserName == "root")
        {
            await MustAsync("chown", "postgres", server.folder);
        }
        await server.ServerAsync("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8");
        await File.WriteAllTextAsync(Path.Combine(server.folder, "data", "pg_hba.conf"), "host all postgres 127.0.0.1/32 trust\nhost all all 127.0.0.1/32 scram-sha-256\n");
        await server.ServerAsync(
            "pg_ctl", "-l", server.Log, "-w", "-o", $"-p {server.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off -c log_statement=all", "start");
        await server.ExecuteAsync($"SET log_statement = 'none'; CREATE ROLE deploy LOGIN PASSWORD '{password.Replace("'", "''", StringComparison.Ordinal)}'");
        await server.ExecuteAsync("CREATE DATABASE shop OWNER deploy");
        return server;
    }

    public static string Connect(string host, int port, string user, string database, string password) =>
        new NpgsqlConnectionStringBuilder { Host = host, Port = port, Username = user, Database = database, Password = password, Pooling = false }.ConnectionString;

    public string Connect(string user, string database, string said) => Connect("127.0.0.1", port, user, database, said);

    public async Task<IReadOnlyList<string>> JournalAsync()
    {
        await using var connection = new NpgsqlConnection(Connect("postgres", "shop", "-"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT entry FROM safe_migrate.journal ORDER BY number", connection);
        await using var reader = await command.ExecuteReaderAsync();
        List<string> entries = [];
        while (await reader.ReadAsync())
        {
            entries.Add(reader.GetString(0));
        }
        return entries;
    }

    public async ValueTask DisposeAsync()
    {
        await ServerAsync("pg_ctl", "-m", "immediate", "stop");
        Directory.Delete(folder, recursive: true);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Connect("postgres", "postgres", "-"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private Task ServerAsync(string program, params string[] arguments)
    {
        var bin = Environment.GetEnvironmentVariable("SAFE_MIGRATE_PGBIN")
            ?? Directory.GetDirectories("/usr/lib/postgresql").Select(each => Path.Combine(each, "bin")).Where(each => File.Exists(Path.Combine(each, "initdb"))).Max()
            ?? throw new InvalidOperationException("PostgreSQL's programs were not found: set SAFE_MIGRATE_PGBIN to their folder.");
        string[] call = [Path.Combine(bin, program), "-D", Path.Combine(folder, "data"), .. arguments];
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
