using EfSafeMigrate.Engines;
using EfSafeMigrate.Projects;
using EfSafeMigrate.Sessions;
using EfSafeMigrate.Settings;

namespace EfSafeMigrate.Commands;

internal static class EngineOf
{
    private const int Seconds = 5;

    /// <exception cref="SafeMigrateException">No engine here belongs to the project's provider.</exception>
    public static Engine Project(LoadedProject project) => Choose(project, null).Engine;

    /// <summary>Asks the server which engine it is, where the provider leaves that open and there is a server.</summary>
    public static async Task<EngineChoice> ChooseAsync(LoadedProject project, Query? query, CancellationToken cancellation)
    {
        var ask = EngineBook.ForProvider(project.Context.Provider) is { Count: > 1 } engines ? engines[0].Recognition?.Ask : null;
        var answer = ask is null || query is null ? null : await query(ask.Sql, ask.Parameters, Seconds, cancellation);
        return Choose(project, answer?.Rows[0][0]);
    }

    private static EngineChoice Choose(LoadedProject project, string? server)
    {
        var engines = EngineBook.ForProvider(project.Context.Provider);
        var hints = new EngineHints
        {
            Server = server,
            Options = project.Context.ServerVersion,
            Settings = engines.Count > 1 ? SettingsFile.Find(Directory.GetCurrentDirectory()).Engine : null,
        };
        return EngineBook.Choose(engines, hints)
            ?? throw ProjectErrors.UnknownProvider(project.Context.Provider, EngineBook.All.SelectMany(known => known.Providers).Distinct());
    }
}
