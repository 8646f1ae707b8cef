using EfSafeMigrate.Changes;
using EfSafeMigrate.Commands;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Projects;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Sessions;
using EfSafeMigrate.Updates;
using EfSafeMigrate.Updates.Proofs;

namespace EfSafeMigrate.EndToEndTests.Proofs;

/// <summary>A built sample in the agent, and a database whose schema it moves from state to state.</summary>
internal sealed class ProvedProject : IAsyncDisposable
{
    private static readonly Talk Quiet = new(TextWriter.Null, verbose: false, terminal: false);

    private readonly LoadedProject project;
    private int applied;

    private ProvedProject(LoadedProject project, Engine engine, Session session, IReadOnlyList<MigrationChanges> all) =>
        (this.project, Engine, Session, All) = (project, engine, session, all);

    public Engine Engine { get; }

    public Session Session { get; }

    public IReadOnlyList<MigrationChanges> All { get; }

    public static async Task<ProvedProject> OpenAsync(ProjectRequest request, string connection)
    {
        var project = await LoadedProject.LoadAsync(request with { NoBuild = true, Environment = "Testing" }, Quiet, CancellationToken.None);
        try
        {
            var engine = EngineOf.Project(project);
            var session = await Session.OpenAsync(project, connection, mustExist: false, Quiet, CancellationToken.None);
            var all = await PendingMigrations.DescribeAsync(project, engine, project.Context.Migrations, Quiet, CancellationToken.None);
            return new(project, engine, session, all.Migrations);
        }
        catch
        {
            await project.DisposeAsync();
            throw;
        }
    }

    /// <summary>Applies what is not applied yet, up to and with this migration.</summary>
    public async Task ToAsync(string id)
    {
        foreach (var migration in All.Skip(applied).TakeWhile(migration => string.CompareOrdinal(migration.Id, id) <= 0))
        {
            await Session.MigrateAsync(new MigrateRequest(migration.Id, []), _ => { }, CancellationToken.None);
            applied++;
        }
    }

    public ReleaseProof Proof(Releases releases) => new(Session, Engine, releases);

    /// <param name="planted">Run in the transaction in which the releases write, and gone with it.</param>
    public ReleaseProof Proof(Releases releases, string planted) =>
        new(Session, Engine with { Updates = Engine.Updates with { ChecksAtOnce = [planted, .. Engine.Updates.ChecksAtOnce] } }, releases);

    public ValueTask DisposeAsync() => project.DisposeAsync();
}
