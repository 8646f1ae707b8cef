using EfSafeMigrate.Engines;
using EfSafeMigrate.Projects;
using EfSafeMigrate.Sessions;

namespace EfSafeMigrate.Commands;

/// <summary>The user's project, loaded, and a session of its database.</summary>
/// <param name="Connection">Null for the project's own.</param>
internal sealed record LiveProject(LoadedProject Project, Engine Engine, Session Session, string? Connection, Talk Talk) : IAsyncDisposable
{
    /// <summary>Ids of all migrations, oldest first.</summary>
    public IReadOnlyList<string> Migrations => Project.Context.Migrations;

    /// <summary>For a command that changes something: without a person, the database has to be named.</summary>
    public static Task<LiveProject> ToChangeAsync(ProjectOptions options, DatabaseOptions database, OutputOptions output, CancellationToken cancellation, bool mayCreate = false)
    {
        Terminal.RefuseGuesses(options, database);
        return OpenAsync(options, database, output, cancellation, mayCreate);
    }

    /// <param name="mayCreate">A database that is not there is made where EF would make one.</param>
    public static async Task<LiveProject> OpenAsync(ProjectOptions options, DatabaseOptions database, OutputOptions output, CancellationToken cancellation, bool mayCreate = false)
    {
        var talk = output.Talk();
        var connection = database.Read(talk);
        var project = await LoadedProject.LoadAsync(options.Read(Directory.GetCurrentDirectory()), talk, cancellation);
        try
        {
            var engine = EngineOf.Project(project);
            return new(project, engine, await Session.OpenAsync(project, connection, engine.OpeningCreates && !mayCreate, talk, cancellation), connection, talk);
        }
        catch
        {
            await project.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => Project.DisposeAsync();
}
