using EfSafeMigrate.Protocol;
using EfSafeMigrate.Sessions;
using EfSafeMigrate.Updates.Backfills;

namespace EfSafeMigrate.Updates;

/// <summary>
/// Carries out a migration's backfills before EF comes to them, so that EF has nothing left to do but to record the migration. A backfill behind
/// another command is left to EF: what comes before it is not done yet.
/// </summary>
internal sealed class Drain(RunContext run, PlannedUpdate migration)
{
    private readonly HashSet<int> done = [];
    private long walked;
    private long asked;

    /// <summary>Indices of commands that need not run any more.</summary>
    public IReadOnlySet<int> Done => done;

    /// <exception cref="SafeMigrateException">Rows cannot be written, or differ at the end; what was written stays.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        foreach (var (command, index) in migration.Commands.Select((command, index) => (command, index)).TakeWhile(each => each.command.Backfill is not null).Where(each => !done.Contains(each.index)))
        {
            var outcome = await new BackfillCourse(Context(run, Tell), NameOf(migration.Id, index), command.Backfill!).RunAsync(cancellation);
            await run.Journal.AddAsync(run.Id, new BackfillEnded(migration.Id, outcome.Spec.Table.ToString(), outcome.Spec.Column, outcome.Walked, outcome.Changed)
            {
                Seconds = Math.Round(outcome.Took.TotalSeconds, 3),
                Proven = outcome.Verdict is Proven,
                SetAside = outcome.SetAside.Count,
                Sentence = outcome.Sentence,
            }, cancellation);
            if (!outcome.IsAsWished)
            {
                throw new SafeMigrateException(
                    $"{outcome.Sentence} {migration.Name} is not recorded.", $"dotnet safe-migrate backfill {migration.Name} --repair   writes such rows again; see first who writes them", ExitCode.NeedsPerson);
            }
            done.Add(index);
        }
    }

    /// <summary>Rows were written since this was asked last.</summary>
    public bool HasMoved()
    {
        var (before, now) = (asked, walked);
        asked = now;
        return now > before;
    }

    private void Tell(BackfillNews news)
    {
        walked = news is BackfillProgress progress ? Math.Max(walked, progress.Walked) : walked;
        run.Tell(new BackfillMoved(migration, news));
    }

    /// <param name="index">Of the command among the migration's.</param>
    public static string NameOf(string migration, int index) => index == 0 ? migration : $"{migration}/{index + 1}";

    /// <summary>The first worker has the session that holds the run's lock: without the lock nothing is written.</summary>
    /// <param name="reconnect">Connects that session again, and takes the lock; null where the step does that.</param>
    public static BackfillContext Context(RunContext run, Action<BackfillNews> tell, Func<QueryFailure, CancellationToken, Task>? reconnect = null) => new(
        run.Engine, run.Id, Of(run.Watch, (_, cancellation) => run.SeeAgainAsync(cancellation)),
        async (number, cancellation) => number == 0 ? Of(run.Work, reconnect) : await OpenAsync(run, number, cancellation), run.Settings.Backfill, tell)
    {
        Fence = run.Lock?.Fence,
    };

    private static async Task<Connection> OpenAsync(RunContext run, int number, CancellationToken cancellation)
    {
        var session = await run.OpenAsync(SessionNames.Worker(number), cancellation);
        await run.BeginAsync(session, cancellation);
        return Of(session, async (_, stop) =>
        {
            await session.ReopenAsync(stop);
            await run.BeginAsync(session, stop);
        });
    }

    private static Connection Of(Session session, Func<QueryFailure, CancellationToken, Task>? reconnect) =>
        new(session.QueryAsync, (statements, transaction, seconds, cancellation) => session.RunAsync(statements, transaction, cancellation, seconds), reconnect);
}
