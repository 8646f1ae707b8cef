using System.Diagnostics;
using Npgsql;

namespace EfSafeMigrate.EndToEndTests.Phases;

/// <summary>A database of a test, gone at its end.</summary>
/// <param name="server">Connection string of a superuser; null for the server of all tests.</param>
internal sealed class PhasedDatabase(string name, string? server = null) : IAsyncDisposable
{
    private static readonly string Common =
        Environment.GetEnvironmentVariable("SAFE_MIGRATE_POSTGRES")
        ?? throw new InvalidOperationException("SAFE_MIGRATE_POSTGRES is not set: run tests/run, or set it to the connection string of a superuser.");

    public string Name { get; } = $"{name.ToLowerInvariant()}_{Guid.NewGuid():N}";

    public string ConnectionString => Connect(Name);

    public static async Task<PhasedDatabase> CopyAsync(PhasedDatabase old, string name)
    {
        var copy = new PhasedDatabase(name);
        await copy.CopyOfAsync(old);
        return copy;
    }

    /// <summary>Made as another one is, when nobody is connected to it; the server itself waits five seconds for those who are.</summary>
    public async Task CopyOfAsync(PhasedDatabase other)
    {
        for (var clock = Stopwatch.StartNew(); ;)
        {
            try
            {
                await ServerAsync($"CREATE DATABASE {Name} TEMPLATE {other.Name}");
                return;
            }
            catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.ObjectInUse && clock.Elapsed < TimeSpan.FromMinutes(2))
            {
            }
        }
    }

    public Task CreateAsync() => ServerAsync($"CREATE DATABASE {Name}");

    public async ValueTask DisposeAsync() => await ServerAsync($"DROP DATABASE IF EXISTS {Name} WITH (FORCE)");

    public async Task ExecuteAsync(string sql)
    {
        await using var connection = await OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 120 };
        await command.ExecuteNonQueryAsync();
    }

    public async Task<IReadOnlyList<string>> LinesAsync(string sql)
    {
        await using var connection = await OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 120 };
        await using var reader = await command.ExecuteReaderAsync();
        List<string> lines = [];
        while (await reader.ReadAsync())
        {
            lines.Add(string.Join(" | ", Enumerable.Range(0, reader.FieldCount).Select(at => reader.GetValue(at))));
        }
        return lines;
    }

    private async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    private async Task ServerAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Connect(null));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 120 };
        await command.ExecuteNonQueryAsync();
    }

    private string Connect(string? database)
    {
        var builder = new NpgsqlConnectionStringBuilder(server ?? Common) { Pooling = false };
        builder.Database = database ?? builder.Database;
        return builder.ConnectionString;
    }
}
