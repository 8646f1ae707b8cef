using System.Globalization;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Projects;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Sessions;
using EfSafeMigrate.Updates.Proofs;

namespace EfSafeMigrate.Updates.Rehearsals;

/// <summary>A scratch database on which EF itself applies and undoes the project's migrations.</summary>
/// <param name="connection">Without pooling: each time is a new session.</param>
internal sealed class LiveStage(LoadedProject project, Engine engine, EngineVersion version, string connection, UpdateSettings settings, IReadOnlyList<Releases> releases) : IAsyncDisposable
{
    /// <summary>Nobody else should be there.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>EF's word for the state before the first migration.</summary>
    private const string Nothing = "0";

    private const string Looking = "look";
    private const string Proving = "prove";

    private readonly Dictionary<string, Session> open = [];

    /// <param name="history">EF's own table, where it is not called as usual.</param>
    public async Task<Stage> OpenAsync(TableName? history, CancellationToken cancellation)
    {
        var look = open[Looking] = await Session.OpenAsync(project, connection, Looking, cancellation);
        return new(engine)
        {
            History = history,
            Look = look.Connection,
            UpAsync = UpAsync,
            DownAsync = DownAsync,
            Proof = new(async stop => open[Proving] = await Session.OpenAsync(project, connection, Proving, stop), engine, releases),
            AppliedAsync = async stop => await (await WorkAsync(stop)).AppliedAsync(stop),
        };
    }

    /// <summary>A new connection for EF.</summary>
    public async Task<Session> WorkAsync(CancellationToken cancellation) => open[SessionNames.Work] = await Session.OpenAsync(project, connection, SessionNames.Work, cancellation);

    public async ValueTask DisposeAsync()
    {
        foreach (var session in open.Values)
        {
            await session.CloseAsync();
        }
    }

    private async Task<IReadOnlyList<SeenCommand>> UpAsync(PlannedUpdate migration, UpManner manner, CancellationToken cancellation)
    {
        var course = new CommandCourse(migration);
        var run = await RunContext.StartAsync(project, connection, await WorkAsync(cancellation), engine, version, settings, course.Tell, cancellation);
        open[SessionNames.Watch] = run.Watch;
        var drain = new Drain(run, migration);
        if (manner == UpManner.AsApply && migration.Commands.Any(command => command.Backfill is not null))
        {
            await run.Journal.CreateAsync(cancellation);
            await drain.RunAsync(cancellation);
        }
        ExpectedCommand[] expected = [.. migration.Commands.Select((command, index) => drain.Done.Contains(index) ? new ExpectedCommand(command.Sql, []) { Instead = engine.Updates.Nothing }
            : new ExpectedCommand(command.Sql, engine.Updates.Before(Waiting.Patient, !command.Suppressed)))];
        var request = new MigrateRequest(migration.Id, expected) { Afterwards = engine.Updates.Afterwards, Observe = manner == UpManner.AsApply ? engine.Rehearsals.Observation : null };
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var ended = new CancellationTokenSource();
        var watching = run.Work.Backend is { } backend && engine.Updates.Locks?.Invoke(backend) is { } ask
            ? course.WatchAsync(run.Watch.QueryAsync, ask, Patience, over.Cancel, ended.Token) : Task.CompletedTask;
        try
        {
            await run.Work.MigrateAsync(request, course.Progress, over.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new SafeMigrateException($"it waited for {Patience.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s behind {course.Blocker}", "end that session, or name another scratch database");
        }
        finally
        {
            await ended.CancelAsync();
            await watching;
        }
        return course.Seen;
    }

    private async Task DownAsync(PlannedUpdate migration, CancellationToken cancellation)
    {
        var work = await WorkAsync(cancellation);
        var before = project.Context.Migrations.TakeWhile(id => id != migration.Id).LastOrDefault();
        await work.MigrateAsync(new MigrateRequest(migration.Id, []) { DownTo = before ?? Nothing }, _ => { }, cancellation);
    }
}
