using System.Data;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Engines.Postgres;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Sessions;
using Npgsql;

namespace EfSafeMigrate.EngineTests;

/// <summary>On the server of SAFE_MIGRATE_POSTGRES, which <c>tests/run</c> starts when there is none.</summary>
public sealed class PostgresDatabase : TestDatabase
{
    private readonly string name = $"safe_migrate_{Guid.NewGuid():N}";
    private readonly NpgsqlConnectionStringBuilder server;

    private NpgsqlDataSource? source;

    public PostgresDatabase()
        : this(Environment.GetEnvironmentVariable("SAFE_MIGRATE_POSTGRES")
            ?? throw new InvalidOperationException("SAFE_MIGRATE_POSTGRES is not set: run tests/run, or set it to the connection string of a superuser."))
    {
    }

    private PostgresDatabase(string connectionString) => server = new(connectionString);

    /// <summary>On a server of the test's own.</summary>
    internal static PostgresDatabase On(string connectionString) => new(connectionString);

    internal override Engine Engine => PostgresEngine.Value;

    internal NpgsqlDataSource Source => source!;

    public override async Task InitializeAsync()
    {
        await OnServerAsync($"CREATE DATABASE {name}");
        source = Connect("");
    }

    public override async Task DisposeAsync()
    {
        await Source.DisposeAsync();
        // WITH (FORCE) came with 13.
        await OnServerAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
        await OnServerAsync($"DROP DATABASE {name}");
    }

    /// <summary>Another application on the same database.</summary>
    internal NpgsqlDataSource Connect(string application) =>
        NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = name, ApplicationName = application });

    public override async Task ExecuteAsync(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        command.CommandTimeout = 300;
        await command.ExecuteNonQueryAsync();
    }

    internal override async Task<QueryResult> QueryAsync(string sql, IReadOnlyList<string?> parameters, int timeoutSeconds, CancellationToken cancellation)
    {
        await using var connection = await Source.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadUncommitted, cancellation);
        await using var command = new NpgsqlCommand(sql, connection, transaction) { CommandTimeout = timeoutSeconds };
        command.Parameters.AddRange(parameters.Select((value, index) => new NpgsqlParameter($"p{index}", (object?)value ?? DBNull.Value)).ToArray());
        try
        {
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            return Result(reader);
        }
        catch (PostgresException exception)
        {
            throw new QueryFailure(exception.Message, exception.SqlState);
        }
    }

    internal override async Task<Driver> OpenDriverAsync()
    {
        var driver = new Driver(
            async () =>
            {
                var connection = await Source.OpenConnectionAsync();
                await using var mark = new NpgsqlCommand("SET application_name = 'safe-migrate test'", connection);
                await mark.ExecuteNonQueryAsync();
                return connection;
            },
            exception => exception.SqlState,
            exception => exception is NpgsqlException { InnerException: IOException or System.Net.Sockets.SocketException } or PostgresException { SqlState: "57P01" });
        await driver.OpenAsync();
        return driver;
    }

    internal override string ConnectionText => new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = name }.ConnectionString;

    internal override Driver DriverTo(string connectionString) => new(
        async () =>
        {
            var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
            await connection.OpenAsync();
            return connection;
        },
        exception => exception.SqlState,
        exception => exception is NpgsqlException { InnerException: IOException or System.Net.Sockets.SocketException } or PostgresException { SqlState: "57P01" });

    private async Task OnServerAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server.ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
