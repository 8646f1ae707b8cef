using System.Globalization;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Projects;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Sessions;
using EfSafeMigrate.Updates.Backfills;

namespace EfSafeMigrate.Updates.Rehearsals;

/// <summary>A scratch database on which EF itself applies and undoes the project's migrations.</summary>
/// <param name="connection">Without pooling: each time is a new session.</param>
internal sealed class LiveStage(LoadedProject project, Engine engine, EngineVersion version, string connection, UpdateSettings settings) : IAsyncDisposable
{
    /// <summary>Nobody else should be there.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>EF's word for the state before the first migration.</summary>
    private const string Nothing = "0";

    private const string Looking = "look";

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
        var course = new Course(migration);
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
        var watching = WatchAsync(run, course, over.Cancel, ended.Token);
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

    /// <summary>Sees who is in the way, and the locks of commands that commit by themselves.</summary>
    private async Task WatchAsync(RunContext run, Course course, Action stop, CancellationToken cancellation)
    {
        if (run.Work.Backend is not { } backend || engine.Updates.Locks?.Invoke(backend) is not { } ask)
        {
            return;
        }
        try
        {
            while (!cancellation.IsCancellationRequested)
            {
                var found = await run.Watch.QueryAsync(ask.Sql, ask.Parameters, 5, cancellation);
                course.Look(found.Rows);
                if (course.Waiting > Patience)
                {
                    stop();
                }
                await Task.Delay(TimeSpan.FromMilliseconds(5), cancellation);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or QueryFailure)
        {
            // The migration has ended; or it goes on unseen.
        }
    }

    /// <summary>What is heard and seen of one migration.</summary>
    private sealed class Course(PlannedUpdate migration)
    {
        private readonly object gate = new();
        private readonly List<SeenCommand> seen = [];
        private readonly Dictionary<int, BackfillDrained> drained = [];
        private readonly HashSet<(TableName, string)> glimpsed = [];
        private IReadOnlyList<IReadOnlyList<string?>>? before;
        private int? current;
        private Blocker? blocker;
        private DateTime? since;
        private TimeSpan waited;

        public IReadOnlyList<SeenCommand> Seen => seen;

        public string Blocker => blocker is { } found ? $"process {found.Process}{(found.Application.Length > 0 ? $" ({found.Application})" : "")}" : "another session";

        /// <summary>How long the command that runs has been waiting without a break.</summary>
        public TimeSpan Waiting => since is { } begun ? DateTime.UtcNow - begun : TimeSpan.Zero;

        public void Tell(RunNews news)
        {
            if (news is BackfillMoved { News: BackfillDrained done })
            {
                drained[drained.Count] = done;
            }
        }

        public void Progress(CommandProgress progress)
        {
            lock (gate)
            {
                if (progress.Milliseconds is not { } took)
                {
                    (current, before, blocker, since, waited) = (progress.Command, progress.Seen, null, null, TimeSpan.Zero);
                    glimpsed.Clear();
                    return;
                }
                var fill = migration.Commands.Take(progress.Command).Count(command => command.Backfill is not null);
                var ran = migration.Commands[progress.Command].Backfill is not null && drained.TryGetValue(fill, out var found) ? found : null;
                seen.Add(new(progress.Command, ran?.Took.TotalMilliseconds ?? took)
                {
                    Changed = ran is null ? progress.Changed ?? -1 : (int)Math.Min(ran.Changed, int.MaxValue),
                    Before = before is null ? null : new(before),
                    After = progress.Seen is null ? null : new(progress.Seen),
                    Glimpsed = migration.Commands[progress.Command].Suppressed ? [.. glimpsed.Where(each => migration.HistoryTable?.Matches(each.Item1) != true)] : [],
                    Blocker = blocker,
                    Waited = waited,
                });
                current = null;
            }
        }

        /// <param name="rows">As the engine's question about locks answers.</param>
        public void Look(IReadOnlyList<IReadOnlyList<string?>> rows)
        {
            lock (gate)
            {
                if (current is null)
                {
                    since = null;
                    return;
                }
                foreach (var row in rows.Where(row => row[0] == "holds"))
                {
                    var at = row[1]!.IndexOf('.', StringComparison.Ordinal);
                    glimpsed.Add((new(row[1]![..at], row[1]![(at + 1)..]), row[2]!));
                }
                var behind = rows.FirstOrDefault(row => row[0] == "blocked-by");
                if (behind is null)
                {
                    since = null;
                    return;
                }
                blocker = new((int)Number(behind[1]), behind[2] ?? "", TimeSpan.FromMilliseconds(Number(behind[3])), behind[4] ?? "");
                since ??= DateTime.UtcNow;
                waited = Waiting > waited ? Waiting : waited;
            }
        }

        private static long Number(string? text) => long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : 0;
    }
}
