extern alias MySqlData;

using System.Data;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Engines.MariaDb;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Sessions;
using MySqlData::MySql.Data.MySqlClient;

namespace EfSafeMigrate.EngineTests;

/// <summary>On the server of SAFE_MIGRATE_MARIADB, which <c>tests/run</c> starts when there is none.</summary>
public sealed class MariaDbDatabase : TestDatabase
{
    private readonly string name = $"safe_migrate_{Guid.NewGuid():N}";
    private readonly string server;

    public MariaDbDatabase()
        : this(Environment.GetEnvironmentVariable("SAFE_MIGRATE_MARIADB"))
    {
    }

    private MariaDbDatabase(string? server) =>
        this.server = server ?? throw new InvalidOperationException("SAFE_MIGRATE_MARIADB is not set: run tests/run, or set it to the connection string of a user who may create databases.");

    /// <summary>A backup holds every writer of its server for a moment, and whoever waits for none is refused meanwhile: not where others are tested.</summary>
    internal static MariaDbDatabase ForBackups() =>
        new(Environment.GetEnvironmentVariable("SAFE_MIGRATE_MARIADB_FOR_BACKUPS") ?? Environment.GetEnvironmentVariable("SAFE_MIGRATE_MARIADB"));

    internal override Engine Engine => MariaDbEngine.Value;

    public override async Task InitializeAsync()
    {
        await using var connection = await OpenAsync(database: false);
        await connection.RunAsync($"CREATE DATABASE {name} CHARACTER SET utf8mb4");
    }

    public override async Task DisposeAsync()
    {
        await using var connection = await OpenAsync(database: false);
        await connection.RunAsync($"DROP DATABASE {name}");
    }

    /// <summary>Empties it.</summary>
    internal async Task RenewAsync()
    {
        await using var connection = await OpenAsync(database: false);
        await connection.RunAsync($"DROP DATABASE {name}; CREATE DATABASE {name} CHARACTER SET utf8mb4");
    }

    /// <summary>Runs beside the caller, over the server's connection of this number; the driver keeps its thread until the server answers.</summary>
    internal async Task<(int Thread, Task Work)> BeginAsync(string sql)
    {
        var connection = await OpenAsync();
        return (connection.ServerThread, Task.Run(async () =>
        {
            await using (connection)
            {
                await connection.RunAsync(sql);
            }
        }));
    }

    internal Task<MySqlConnection> OpenAsync() => OpenAsync(database: true);

    /// <summary>For programs that do not read connection strings.</summary>
    internal (string Host, string Port, string User, string Password, string Database) At
    {
        get
        {
            var at = new MySqlConnectionStringBuilder(server);
            return (at.Server, at.Port.ToString(System.Globalization.CultureInfo.InvariantCulture), at.UserID, at.Password, name);
        }
    }

    internal override string ConnectionText => Connect(new MySqlConnectionStringBuilder(server).UserID, new MySqlConnectionStringBuilder(server).Password);

    internal string Connect(string user, string password) =>
        $"Server={At.Host};Port={At.Port};User ID={user}{(password.Length > 0 ? $";Password={password}" : "")};Database={name};SSL Mode=None;Pooling=false";

    internal override Driver DriverTo(string connectionString) => new(
        async () =>
        {
            var connection = new MySqlConnection(connectionString + ";AllowUserVariables=true;CharacterSet=utf8mb4;DefaultCommandTimeout=120");
            await connection.OpenAsync();
            await connection.RunAsync("SET NAMES utf8mb4");
            return connection;
        },
        exception => (exception as MySqlException)?.State(),
        exception => exception is MySqlException { Number: 2006 or 2013 or 1927 or 0 } or IOException);

    public override async Task ExecuteAsync(string sql)
    {
        await using var connection = await OpenAsync();
        await connection.RunAsync(sql);
    }

    internal override async Task<Driver> OpenDriverAsync()
    {
        // 2006, 2013 and 1927: the server is gone, or has ended the session.
        var driver = new Driver(
            async () => await OpenAsync(),
            exception => (exception as MySqlException)?.State(),
            exception => exception is MySqlException { Number: 2006 or 2013 or 1927 or 0 } or IOException);
        await driver.OpenAsync();
        return driver;
    }

    internal override async Task<QueryResult> QueryAsync(string sql, IReadOnlyList<string?> parameters, int timeoutSeconds, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        await using var connection = await OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadUncommitted, cancellation);
        await using var command = new MySqlCommand(sql, connection) { CommandTimeout = timeoutSeconds };
        foreach (var (value, index) in parameters.Select((value, index) => (value, index)))
        {
            command.Parameters.AddWithValue($"@p{index}", (object?)value ?? DBNull.Value);
        }
        try
        {
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            return Result(reader);
        }
        catch (MySqlException exception)
        {
            throw new QueryFailure(exception.Message, exception.State());
        }
    }

    private async Task<MySqlConnection> OpenAsync(bool database)
    {
        var connection = new MySqlConnection(new MySqlConnectionStringBuilder(server)
        {
            Database = database ? name : "",
            AllowUserVariables = true,
            CharacterSet = "utf8mb4",
            Pooling = false,
            DefaultCommandTimeout = 120,
        }.ConnectionString);
        await connection.OpenAsync();
        // Names of the catalogue come in utf8mb3, of which this driver has not heard.
        await connection.RunAsync("SET NAMES utf8mb4");
        return connection;
    }
}
