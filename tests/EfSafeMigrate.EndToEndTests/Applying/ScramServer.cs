using Npgsql;

namespace EfSafeMigrate.EndToEndTests.Applying;

/// <summary>A PostgreSQL server of the test's own that asks for a password, and never hears it in plain.</summary>
internal sealed class ScramServer : IAsyncDisposable
{
    private readonly OwnServer server;
    private readonly string password;

    private ScramServer(OwnServer server, string password) => (this.server, this.password) = (server, password);

    public string Log => server.Log;

    public string ConnectionString => Connect("deploy", "shop", password);

    public static async Task<ScramServer> StartAsync(string password)
    {
        var server = new ScramServer(await OwnServer.StartAsync(options: "-c log_statement=all"), password);
        await File.WriteAllTextAsync(Path.Combine(server.server.Data, "pg_hba.conf"), "host all postgres 127.0.0.1/32 trust\nhost all all 127.0.0.1/32 scram-sha-256\n");
        await server.server.RestartAsync();
        await server.ExecuteAsync($"SET log_statement = 'none'; CREATE ROLE deploy LOGIN PASSWORD '{password.Replace("'", "''", StringComparison.Ordinal)}'");
        await server.ExecuteAsync("CREATE DATABASE shop OWNER deploy");
        return server;
    }

    public static string Connect(string host, int port, string user, string database, string password) =>
        new NpgsqlConnectionStringBuilder { Host = host, Port = port, Username = user, Database = database, Password = password, Pooling = false }.ConnectionString;

    public string Connect(string user, string database, string said) => Connect("127.0.0.1", server.Port, user, database, said);

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

    public async ValueTask DisposeAsync() => await server.DisposeAsync();

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Connect("postgres", "postgres", "-"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
