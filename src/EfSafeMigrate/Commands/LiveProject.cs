using EfSafeMigrate.Engines;
using EfSafeMigrate.Projects;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Sessions;
using EfSafeMigrate.Updates.Scratches;

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
    public static Task<LiveProject> OpenAsync(ProjectOptions options, DatabaseOptions database, OutputOptions output, CancellationToken cancellation, bool mayCreate = false)
    {
        var talk = output.Talk();
        return OpenAsync(options, database.Read(talk), talk, cancellation, mayCreate);
    }

    /// <param name="connection">Null for the project's own.</param>
    public static Task<LiveProject> OpenAsync(ProjectOptions options, string? connection, Talk talk, CancellationToken cancellation, bool mayCreate = false) =>
        OpenAsync(options.Read(Directory.GetCurrentDirectory()), connection, !mayCreate, talk, cancellation);

    /// <param name="connection">Null for the project's own.</param>
    public static async Task<LiveProject> OpenAsync(ProjectRequest request, string? connection, bool mustExist, Talk talk, CancellationToken cancellation)
    {
        var project = await LoadedProject.LoadAsync(request, talk, cancellation);
        try
        {
            var engine = EngineOf.Project(project);
            return new(project, engine, await Session.OpenAsync(project, connection, engine.OpeningCreates && mustExist, talk, cancellation), connection, talk);
        }
        catch
        {
            await project.DisposeAsync();
            throw;
        }
    }

    /// <summary>As scratch databases are made after it.</summary>
    public Original Original() => new(Engine, Connection)
    {
        ConnectAsync = async (connection, name, cancellation) =>
        {
            var opened = await Session.OpenAsync(Project, connection, name, cancellation);
            return new Link(opened.Connection, opened.Database, opened.Server, async () => await opened.CloseAsync());
        },
        ReadAsync = (request, cancellation) => Project.AskAsync(request, ProtocolJson.Default.ConnectionTextResult, cancellation),
        CommandsAsync = CommandsAsync,
        MeaningsAsync = async cancellation => (await Project.AskAsync(new ColumnMeaningsRequest(), ProtocolJson.Default.ColumnMeaningsResult, cancellation)).Columns,
    };

    private async Task<IReadOnlyList<CommandMessage>> CommandsAsync(CancellationToken cancellation)
    {
        var applied = await Session.AppliedAsync(cancellation);
        string[] known = [.. Migrations.Where(applied.Contains)];
        var described = await Project.AskAsync(new DescribeRequest(known, PendingModel: false) { WithHistory = true }, ProtocolJson.Default.DescribeResult, cancellation);
        return [.. described.CreateHistory is { } create ? [new CommandMessage(create, false, [])] : Array.Empty<CommandMessage>(), .. described.Migrations.SelectMany(migration => migration.Commands)];
    }

    public ValueTask DisposeAsync() => Project.DisposeAsync();
}
