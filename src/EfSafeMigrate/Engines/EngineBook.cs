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

    /// <summary>The engines behind an EF provider's assembly.</summary>
    public static IReadOnlyList<Engine> ForProvider(string providerAssemblyName) => [.. All.Where(engine => engine.Providers.Contains(providerAssemblyName))];

    /// <summary>The engines that another tool's settings mean by a word.</summary>
    public static IReadOnlyList<Engine> Called(string word) => [.. All.Where(engine => engine.KnownAs.Contains(word, StringComparer.OrdinalIgnoreCase))];

    /// <summary>Which of them it is: the server knows best, then the context's options, then whoever wrote the settings. Null when there is none.</summary>
    public static EngineChoice? Choose(IReadOnlyList<Engine> engines, EngineHints hints)
    {
        if (engines.Count < 2)
        {
            return engines.Count == 0 ? null : new(engines[0], EngineBasis.Provider);
        }
        return Named(hints.Server) is { } asked ? new(asked, EngineBasis.Server)
            : Named(hints.Options) is { } declared ? new(declared, EngineBasis.Options)
            : engines.FirstOrDefault(engine => engine.Id == hints.Settings) is { } configured ? new(configured, EngineBasis.Settings)
            : new(engines[0], EngineBasis.Assumed, [.. engines.Skip(1)]);

        Engine? Named(string? text) => text is null ? null : engines.FirstOrDefault(engine => engine.Recognition?.IsOwn(text) == true);
    }
}
