using EfSafeMigrate.Engines;
using EfSafeMigrate.Tests.Rules;
using Npgsql;

namespace EfSafeMigrate.EngineTests.RulesOnServers;

/// <summary>The shop with rows in it, once for each test class; every case works on a copy.</summary>
public sealed class PostgresTemplate : IDisposable
{
    /// <summary>Enough that a scan cannot be mistaken for a look at a few rows.</summary>
    public const int Rows = 2_000;

    private readonly string name = $"safe_migrate_shop_{Guid.NewGuid():N}";
    private readonly NpgsqlConnection server;
    private int copies;

    public PostgresTemplate()
    {
        server = Connect(null);
        server.Run($"CREATE DATABASE {name}");
        using var connection = Connect(name);
        connection.Run(Shop.SchemaOn(RuleCase.Postgres));
        connection.Run(Shop.FillOn(RuleCase.Postgres, Rows));
        // Known to the server only: what the tool says of a table nobody described has to hold for it too.
        connection.Run("CREATE TABLE legacy (id bigint PRIMARY KEY, a integer UNIQUE)");
        Relation.All(connection).Single(relation => relation.Name == "legacy").Fill(connection, Rows);
        connection.Run("ANALYZE");
        Version = EngineVersion.TryParse(connection.ServerVersion, out var version)
            ? version : throw new InvalidOperationException($"The server's version {connection.ServerVersion} cannot be read.");
    }

    internal EngineVersion Version { get; }

    /// <summary>A copy with what the case says was applied before, and rows in every table.</summary>
    internal PostgresCopy Copy(string setup)
    {
        var copy = $"{name}_{++copies}";
        // Page by page through the log, as a copy is made by default, takes twice as long; before 15 there was no other way than this one.
        server.Run($"CREATE DATABASE {copy} TEMPLATE {name}{(server.PostgreSqlVersion.Major >= 15 ? " STRATEGY FILE_COPY" : "")}");
        return new(setup, () => Connect(copy), () => server.Run($"DROP DATABASE {copy} WITH (FORCE)"));
    }

    public void Dispose()
    {
        server.Run($"DROP DATABASE {name} WITH (FORCE)");
        server.Dispose();
    }

    private static NpgsqlConnection Connect(string? database)
    {
        var settings = new NpgsqlConnectionStringBuilder(
            Environment.GetEnvironmentVariable("SAFE_MIGRATE_POSTGRES")
            ?? throw new InvalidOperationException("SAFE_MIGRATE_POSTGRES is not set: run tests/run, or set it to the connection string of a superuser."))
        {
            Pooling = false,
            // A zone with an offset, so that a timestamp is not its own timestamptz; and no worker whose locks are another backend's.
            Options = "-c TimeZone=Europe/Berlin -c max_parallel_workers_per_gather=0 -c max_parallel_maintenance_workers=0",
        };
        settings.Database = database ?? settings.Database;
        var connection = new NpgsqlConnection(settings.ConnectionString);
        connection.Open();
        return connection;
    }
}
