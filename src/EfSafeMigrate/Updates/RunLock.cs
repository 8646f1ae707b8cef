using System.Globalization;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Sessions;

namespace EfSafeMigrate.Updates;

/// <summary>
/// One run at a time on a database, around everything a run does. The lock is on the session that works, and is waited for by asking
/// again: a waiter in line would deadlock with a concurrent index build of the holder.
/// </summary>
internal sealed class RunLock : IAsyncDisposable
{
    private const int AskSeconds = 10;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>Between two questions a holder may have gone; only one that nobody sees for so long is in the way.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan BeatPause = TimeSpan.FromSeconds(3);

    private readonly Session session;
    private readonly RunLockForms forms;
    private readonly Func<string?, bool> others;
    private readonly CancellationTokenSource ending = new();
    private bool made;
    private Task beating = Task.CompletedTask;

    private RunLock(Session session, Engine engine, LockOwner owner) => (this.session, forms, others, Owner) = (session, engine.Updates.Lock, engine.Updates.OthersInTheWay, owner);

    public LockOwner Owner { get; }

    /// <summary>Goes with what the run writes: fails when another has the lock. Null where that cannot happen.</summary>
    public string? Fence => forms.Keep?.Invoke(Owner);

    /// <param name="patience">How long to wait for another run to end.</param>
    /// <param name="watch">The session that tells the owner lives, while the other works.</param>
    /// <param name="busy">Told once, when there is somebody to wait for.</param>
    /// <exception cref="SafeMigrateException">Another run has the lock; the sentence names it.</exception>
    public static async Task<RunLock> TakeAsync(
        Session session, Session watch, Engine engine, string run, TimeSpan patience, Action<Holder> busy, CancellationToken cancellation)
    {
        var taken = new RunLock(session, engine, new LockOwner(run, Operator.Host, Environment.ProcessId));
        var deadline = TimeProvider.System.GetUtcNow() + patience;
        for (var first = true; !await taken.MakeAsync(cancellation) || !await taken.TryAsync(cancellation); first = false)
        {
            var holder = await HolderAsync(session, engine, cancellation);
            if (holder is { IsDead: true })
            {
                // Its process is gone from this machine: nobody will ever give the lock back.
                await session.RunAsync([taken.forms.Release(new LockOwner(holder.Run ?? "", holder.Host, holder.Process))], transaction: false, cancellation);
                continue;
            }
            if (holder is not null && TimeProvider.System.GetUtcNow() >= deadline)
            {
                throw await BusyAsync(session, engine, holder, cancellation);
            }
            if (holder is null && TimeProvider.System.GetUtcNow() >= deadline + Grace)
            {
                throw new SafeMigrateException(
                    "Another process writes to this database and does not let go. Nothing was changed.",
                    "find it and let it end; --lock-wait SECONDS waits longer", ExitCode.StoppedSafely);
            }
            if (first && holder is not null)
            {
                busy(holder);
            }
            await EndDeadAsync(session, engine, holder, cancellation);
            await Task.Delay(Pause, cancellation);
        }
        taken.beating = taken.BeatAsync(watch);
        return taken;
    }

    /// <summary>Waits until nobody has the lock, and does not take it.</summary>
    /// <exception cref="SafeMigrateException">Another run has the lock; the sentence names it.</exception>
    public static async Task AwaitAsync(Session session, Engine engine, TimeSpan patience, Action<Holder> busy, CancellationToken cancellation)
    {
        var deadline = TimeProvider.System.GetUtcNow() + patience;
        for (var first = true; await HolderAsync(session, engine, cancellation) is { IsDead: false, IsGone: false, IsLate: false } holder; first = false)
        {
            if (TimeProvider.System.GetUtcNow() >= deadline)
            {
                throw await BusyAsync(session, engine, holder, cancellation);
            }
            if (first)
            {
                busy(holder);
            }
            await Task.Delay(Pause, cancellation);
        }
    }

    public static Task<Holder?> HolderAsync(Session session, Engine engine, CancellationToken cancellation) => HolderAsync(session.QueryAsync, engine, cancellation);

    public static async Task<Holder?> HolderAsync(Query query, Engine engine, CancellationToken cancellation)
    {
        var forms = engine.Updates.Lock;
        try
        {
            var found = await query(forms.Holder.Sql, forms.Holder.Parameters, AskSeconds, cancellation);
            return found.Rows is [[var run, var host, var process, var since, var silence], ..]
                ? new Holder(Operator.RunOf(run) ?? (run?.Contains(' ', StringComparison.Ordinal) == true ? null : run), host ?? "", Number(process), Time(since), silence is null ? null : TimeSpan.FromSeconds(Number(silence)))
                {
                    IsLate = silence is not null && TimeSpan.FromSeconds(Number(silence)) >= forms.Silence,
                }
                : null;
        }
        catch (QueryFailure) when (forms.Create.Count > 0)
        {
            // The table of the lock is not there yet.
            return null;
        }
    }

    /// <summary>What to say to whoever does not wait for the holder.</summary>
    public static async Task<SafeMigrateException> BusyAsync(Session session, Engine engine, Holder holder, CancellationToken cancellation)
    {
        var who = Spoken(holder, await StartOfAsync(session, engine, holder.Run, cancellation));
        return new(
            string.Create(CultureInfo.InvariantCulture, $"Another run is at work on this database: {who}, since {holder.Since:yyyy-MM-dd HH:mm:ss} UTC. Nothing was changed."),
            "dotnet safe-migrate status   shows where it is; --lock-wait SECONDS waits for it", ExitCode.StoppedSafely);
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await beating;
        ending.Dispose();
        try
        {
            await session.RunAsync([forms.Release(Owner)], transaction: false, CancellationToken.None, timeoutSeconds: 5);
        }
        catch (Exception exception) when (exception is QueryFailure or SafeMigrateException)
        {
            // The connection is gone, and the lock with it.
        }
    }

    /// <summary>Takes the lock again on a new connection, without waiting: after the connection was lost.</summary>
    public async Task<bool> TryAsync(CancellationToken cancellation)
    {
        try
        {
            return (await session.RunAsync([forms.Take(Owner)], transaction: false, cancellation, timeoutSeconds: 5))[0].Rows.Count > 0;
        }
        catch (QueryFailure failure) when (others(failure.SqlState))
        {
            // The lock is a row, and somebody writes.
            return false;
        }
    }

    /// <summary>Another run has taken it: this one was silent for too long.</summary>
    public async Task<bool> IsLostAsync(Engine engine) =>
        forms.Keep is not null && (await HolderAsync(session, engine, CancellationToken.None))?.Run != Owner.Run;

    private async Task<bool> MakeAsync(CancellationToken cancellation)
    {
        try
        {
            if (forms.Create.Count > 0 && !made)
            {
                await session.RunAsync([.. forms.Create.Select(sql => new StatementMessage(sql))], transaction: true, cancellation, timeoutSeconds: 5);
                made = true;
            }
            return true;
        }
        catch (QueryFailure failure) when (others(failure.SqlState))
        {
            return false;
        }
    }

    /// <summary>Its client is gone and the statement runs on, which servers before PostgreSQL 14 do not notice until it ends.</summary>
    private static async Task EndDeadAsync(Session session, Engine engine, Holder? holder, CancellationToken cancellation)
    {
        if (engine.Updates.EndOrphans is { } end && holder?.Run is { } run && await StartOfAsync(session, engine, run, cancellation) is { } started
            && started.Host == Operator.Host && !Operator.Runs(started.Process))
        {
            await session.RunAsync([end(Operator.Mark(run))], transaction: false, cancellation);
        }
    }

    private async Task BeatAsync(Session watch)
    {
        if (forms.Beat is not { } beat)
        {
            return;
        }
        while (!ending.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(BeatPause, ending.Token);
                await watch.RunAsync([beat(Owner)], transaction: false, ending.Token, timeoutSeconds: 2);
            }
            catch (Exception exception) when (exception is OperationCanceledException or QueryFailure or SafeMigrateException)
            {
                // Ending; or the step itself writes, and then nobody else can take the lock either.
            }
        }
    }

    private static async Task<RunStarted?> StartOfAsync(Session session, Engine engine, string? run, CancellationToken cancellation) =>
        RunHistory.Of((await Journal.OpenAsync(session, engine, cancellation)).Entries).LastOrDefault(each => each.Id == run)?.Started;

    private static string Spoken(Holder holder, RunStarted? started) =>
        started is null ? $"process {holder.Process} from {holder.Host}" : $"{started.By}, process {started.Process} on {started.Host}";

    private static int Number(string? text) => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static DateTimeOffset Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : default;
}

/// <summary>Who has the lock.</summary>
/// <param name="Run">The run, or null when a session that is none of ours holds it.</param>
/// <param name="Process">The process on its machine, or on the server where the server holds the lock.</param>
/// <param name="Silence">How long ago it last said it lives; null where the server knows by itself.</param>
internal sealed record Holder(string? Run, string Host, int Process, DateTimeOffset Since, TimeSpan? Silence)
{
    /// <summary>It has been silent for so long that another may take the lock.</summary>
    public bool IsLate { get; init; }

    /// <summary>Only its own machine can tell by the process; a server tells by itself and is never silent.</summary>
    public bool IsDead => Silence > TimeSpan.FromSeconds(5) && IsGone;

    /// <summary>Its process is not on its machine, which is this one. Never true where the server knows the holder.</summary>
    public bool IsGone => Silence is not null && Host == Operator.Host && !Operator.Runs(Process);
}
