using EfSafeMigrate.Engines;
using EfSafeMigrate.Projects;

namespace EfSafeMigrate.Commands;

internal static class EngineOf
{
    /// <exception cref="SafeMigrateException">No engine here belongs to the project's provider.</exception>
    public static Engine Project(LoadedProject project) => EngineBook.ForProvider(project.Context.Provider)
        ?? throw ProjectErrors.UnknownProvider(project.Context.Provider, EngineBook.All.SelectMany(known => known.Providers));
}
