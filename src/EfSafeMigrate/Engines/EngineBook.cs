using EfSafeMigrate.Engines.MariaDb;
using EfSafeMigrate.Engines.MySql;
using EfSafeMigrate.Engines.Postgres;
using EfSafeMigrate.Engines.Sqlite;
using EfSafeMigrate.Engines.SqlServer;

namespace EfSafeMigrate.Engines;

/// <summary>Every engine the tool knows.</summary>
internal static class EngineBook
{
    public static readonly IReadOnlyList<Engine> All = [PostgresEngine.Value, SqliteEngine.Value, MySqlEngine.Value, MariaDbEngine.Value, SqlServerEngine.Value];

    /// <summary>The engine behind an EF provider's assembly, or null when no engine here is.</summary>
    public static Engine? ForProvider(string providerAssemblyName) =>
        All.FirstOrDefault(engine => engine.Providers.Contains(providerAssemblyName));
}
