using System.Data;
using System.Globalization;
using EfSafeMigrate.Agent;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Engines.Sqlite;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Sessions;
using Microsoft.Data.Sqlite;

namespace EfSafeMigrate.EngineTests;

/// <summary>A file in WAL mode, as EF creates it.</summary>
public sealed class SqliteDatabase : TestDatabase
{
    private readonly string folder = Directory.CreateTempSubdirectory("safe-migrate-sqlite-").FullName;

    internal override async Task<Driver> OpenDriverAsync()
    {
        var driver = new Driver(
            async () =>
            {
                var connection = new SqliteConnection(ConnectionString);
                await connection.OpenAsync();
                return connection;
            },
            exception => exception is SqliteException { SqliteErrorCode: var code } ? code.ToString(CultureInfo.InvariantCulture) : null,
            exception => exception is IOException);
        await driver.OpenAsync();
        return driver;
    }

    internal override string ConnectionText => ConnectionString;

    internal override Driver DriverTo(string connectionString) => new(
        async () =>
        {
            var connection = new SqliteConnection(connectionString);
            await connection.OpenAsync();
            return connection;
        },
        exception => exception is SqliteException { SqliteErrorCode: var code } ? code.ToString(CultureInfo.InvariantCulture) : null,
        exception => exception is IOException);

    internal override Engine Engine => SqliteEngine.Value;

    internal string ConnectionString => $"Data Source={Path.Combine(folder, "test.db")};Pooling=False";

    public override Task InitializeAsync()
    {
        SQLitePCL.Batteries_V2.Init();
        return ExecuteAsync("PRAGMA journal_mode = WAL");
    }

    public override Task DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        return Task.CompletedTask;
    }

    public override async Task ExecuteAsync(string sql)
    {
        await using var connection = new SqliteConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = new SqliteCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    internal override Task<QueryResult> QueryAsync(string sql, IReadOnlyList<string?> parameters, int timeoutSeconds, CancellationToken cancellation) =>
        Task.Run(
            () =>
            {
                using var connection = new SqliteConnection(ConnectionString);
                connection.Open();
                using var interruption = Interruption.On(connection, cancellation);
                using var transaction = connection.BeginTransaction(IsolationLevel.ReadUncommitted);
                using var command = new SqliteCommand(sql, connection, transaction);
                foreach (var (value, index) in parameters.Select((value, index) => (value, index)))
                {
                    command.Parameters.AddWithValue($"@p{index}", (object?)value ?? DBNull.Value);
                }
                try
                {
                    using var reader = command.ExecuteReader();
                    return Result(reader);
                }
                catch (SqliteException exception)
                {
                    cancellation.ThrowIfCancellationRequested();
                    throw new QueryFailure(exception.Message, exception.SqlState);
                }
            },
            CancellationToken.None);
}
