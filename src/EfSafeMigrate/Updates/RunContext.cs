using System.Diagnostics;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Projects;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Sessions;
using EfSafeMigrate.Updates.Rollbacks;

namespace EfSafeMigrate.Updates;

/// <summary>What every step of a run works with.</summary>
internal sealed record RunContext(string Id, Session Work, Session Watch, Engine Engine, EngineVersion Version, Journal Journal, UpdateSettings Settings, Action<RunNews> Tell)
{
    public const string Resume = "dotnet safe-migrate apply --resume";

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>The command that goes on with the run after it was stopped.</summary>
    public string Again { get; init; } = Resume;

    /// <summary>Set while the run has it.</summary>
    public RunLock? Lock { get; init; }

    /// <summary>The same, where nothing may be applied.</summary>
    /// <param name="id">EF's word for nothing, or of a migration.</param>
    public Task<DatabaseModel> ModelAfterAsync(string id, CancellationToken cancellation) => id == Undoing.Nothing ? Task.FromResult(DatabaseModel.Empty) : ModelAsync(id, cancellation);

    /// <summary>What somebody has agreed to; nothing before.</summary>
    public Agreement Agreed { get; init; } = new([]);

    /// <summary>Opens another session, by its name, with the settings of the run.</summary>
    public required Func<string, CancellationToken, Task<Session>> OpenAsync { get; init; }

    /// <summary>Whether a recorded migration is one of the context's own; others may record theirs in the same place.</summary>
    public Func<string, bool> Knows { get; init; } = _ => true;

    /// <summary>The schema after a migration, as its model says.</summary>
    public required Func<string, CancellationToken, Task<DatabaseModel>> ModelAsync { get; init; }

    /// <summary>Counts again what undoing takes away; null where migrations are applied.</summary>
    public LossCount? Losses { get; init; }

    /// <summary>Called when a step has ended well; null when nobody wants to know.</summary>
    public Func<PlannedUpdate, CancellationToken, Task>? AfterStep { get; init; }

    /// <summary>The team's own commands; null when there are none.</summary>
    public Hooks? Hooks { get; init; }

    /// <summary>A run that has its sessions and has read the journal.</summary>
    public static async Task<RunContext> StartAsync(
        LoadedProject project, string? connection, Session work, Engine engine, EngineVersion version, UpdateSettings settings, Action<RunNews> tell, CancellationToken cancellation)
    {
        var watch = await Session.OpenAsync(project, connection, SessionNames.Watch, cancellation);
        var journal = await Journal.OpenAsync(work, engine, cancellation);
        var run = new RunContext(Operator.NewRun(), work, watch, engine, version, journal, settings, tell)
        {
            Knows = project.Context.Migrations.Contains,
            OpenAsync = (name, stop) => Session.OpenAsync(project, connection, name, stop),
            ModelAsync = async (id, stop) => (await project.AskAsync(new ModelsRequest([id]), ProtocolJson.Default.ModelsResult, stop)).Models[0],
        };
        await run.BeginAsync(cancellation);
        return run;
    }

    /// <summary>The plan was made before this run had the database for itself.</summary>
    /// <exception cref="SafeMigrateException">Somebody applied or undid a migration meanwhile.</exception>
    public async Task CheckPlanAsync(UpdatePlan plan, CancellationToken cancellation)
    {
        var then = Work.Applied;
        var now = await Work.AppliedAsync(cancellation);
        if (now.Except(then).Concat(then.Except(now)).FirstOrDefault() is { } changed)
        {
            var left = plan.Migrations.All(migration => now.Contains(migration.Id) != plan.IsUndo);
            throw new SafeMigrateException(
                left ? $"Another run has {(plan.IsUndo ? "undone" : "applied")} the same migrations meanwhile. Nothing was changed by this one."
                    : $"Another run has changed what is applied since this one made its plan ({changed}). Nothing was changed by this one.",
                left ? "dotnet safe-migrate status   shows it" : $"dotnet safe-migrate {(plan.IsUndo ? "rollback" : "apply")}   plans anew", ExitCode.StoppedSafely);
        }
    }

    /// <summary>Settings and name of both sessions.</summary>
    public async Task BeginAsync(CancellationToken cancellation)
    {
        await BeginAsync(Work, cancellation);
        await BeginAsync(Watch, cancellation);
    }

    /// <summary>Settings and name of a session.</summary>
    public async Task BeginAsync(Session session, CancellationToken cancellation)
    {
        StatementMessage[] statements = [.. Engine.Updates.Begin(Operator.Mark(Id), Version).Select(sql => new StatementMessage(sql))];
        if (statements.Length > 0)
        {
            await session.RunAsync(statements, transaction: false, cancellation);
        }
    }

    /// <summary>Connects the watching session again when it was cut or does not answer; a step does without it.</summary>
    public async Task SeeAgainAsync(CancellationToken cancellation)
    {
        try
        {
            await Watch.QueryAsync(Engine.Updates.Nothing, [], timeoutSeconds: 5, cancellation);
        }
        catch (QueryFailure)
        {
            try
            {
                await Watch.ReopenAsync(cancellation);
                await BeginAsync(Watch, cancellation);
            }
            catch (QueryFailure)
            {
                // Not yet; the working session finds out by itself whether the server is away.
            }
        }
    }

    /// <summary>The sessions have stood still for a while: a server or a firewall may have cut them.</summary>
    public async Task WakeAsync(CancellationToken cancellation)
    {
        try
        {
            await Work.QueryAsync(Engine.Updates.Nothing, [], timeoutSeconds: 30, cancellation);
        }
        catch (QueryFailure failure) when (failure.Lost)
        {
            await ReconnectAsync(failure, cancellation);
        }
        await SeeAgainAsync(cancellation);
    }

    /// <summary>Connects both sessions again and takes the lock again.</summary>
    /// <returns>The migrations EF has recorded by now.</returns>
    /// <exception cref="SafeMigrateException">The server does not come back in time, or another run has taken the lock meanwhile.</exception>
    public async Task<IReadOnlyList<string>> ReconnectAsync(QueryFailure lost, CancellationToken cancellation)
    {
        for (var clock = Stopwatch.StartNew(); ; await Task.Delay(Pause, cancellation))
        {
            try
            {
                await Work.ReopenAsync(cancellation);
                await Watch.ReopenAsync(cancellation);
                if (Engine.Updates.EndOrphans is { } end)
                {
                    // The server may not know yet that the old session is cut: it would go on, and keep the lock.
                    await Work.RunAsync([end(Operator.Mark(Id))], transaction: false, cancellation);
                }
                await BeginAsync(cancellation);
                if (Lock is null || await Lock.TryAsync(cancellation))
                {
                    // Asked only now: until the old session is gone, it may still commit.
                    return await Work.AppliedAsync(cancellation);
                }
                if (clock.Elapsed > Settings.Reconnect)
                {
                    throw new SafeMigrateException(
                        "The connection was lost, and another run has the database now.", "dotnet safe-migrate status   shows which", ExitCode.StoppedSafely);
                }
            }
            catch (QueryFailure failure)
            {
                if (clock.Elapsed > Settings.Reconnect)
                {
                    throw new SafeMigrateException(
                        $"The connection was lost ({lost.Sentence.TrimEnd('.')}), and the server does not come back: {failure.Sentence}",
                        $"{Again}   when it is back", ExitCode.NeedsPerson, failure.Detail);
                }
            }
        }
    }
}
