using System.Globalization;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Sessions;

namespace EfSafeMigrate.Updates;

/// <summary>Looks on while a step works, over all its attempts; stops it where others wait too long for it, or EF for its own lock.</summary>
internal sealed class StepWatch(RunContext run, PlannedUpdate migration)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Blink = TimeSpan.FromMilliseconds(500);

    private readonly List<EndedSession> ended = [];
    private PlannedCommand? current;
    private bool begun;

    public LockTime? LongestHold { get; private set; }

    public TimeSpan LongestWait { get; private set; }

    public Blocker? LastBlocker { get; private set; }

    /// <summary>Sessions that were ended because they were in the way; null when none was.</summary>
    public IReadOnlyList<EndedSession>? Ended => ended.Count > 0 ? [.. ended] : null;

    /// <param name="command">The command that runs now; null between two.</param>
    public void At(PlannedCommand? command) => (current, begun) = (command, true);

    /// <exception cref="LockBudgetExceeded">Others waited longer than allowed; the work was cancelled.</exception>
    /// <exception cref="SafeMigrateException">EF waited for its own lock for too long.</exception>
    public async Task DuringAsync(Func<CancellationToken, Task> work, CancellationToken cancellation)
    {
        (current, begun) = (null, false);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var watching = new CancellationTokenSource();
        Exception? why = null;
        void Stop(Exception reason)
        {
            why ??= reason;
            over.Cancel();
        }
        var sampler = run.Work.Backend is { } backend ? new LockSampler(run.Watch, run.Engine, backend, migration.HistoryTable) : null;
        var looking = sampler is null ? Task.CompletedTask : LookAsync(sampler, Stop, watching.Token);
        var hurrying = HurryAsync(Stop, watching.Token);
        try
        {
            await work(over.Token);
        }
        catch (OperationCanceledException) when (why is not null && !cancellation.IsCancellationRequested)
        {
            throw why;
        }
        finally
        {
            await watching.CancelAsync();
            await looking;
            await hurrying;
            Keep(sampler);
        }
    }

    private async Task LookAsync(LockSampler sampler, Action<Exception> stop, CancellationToken cancellation)
    {
        var ending = run.Settings.KillBlockers ? new BlockerEnding(run, migration, ended) : null;
        var looking = sampler.RunAsync(cancellation);
        while (!looking.IsCompleted || (sampler.Blind is not null && !cancellation.IsCancellationRequested))
        {
            looking = looking.IsCompleted ? LookAgainAsync(sampler, cancellation) : looking;
            await Task.WhenAny(looking, Task.Delay(Pause, CancellationToken.None));
            if (sampler.Gone)
            {
                stop(new QueryFailure("The server has ended the session, and no word of it came through.", null) { Lost = true });
            }
            run.Tell(new StepWatched(migration, sampler.Blockers, sampler.LongestHold, sampler.LongestWait));
            // Nobody queues behind a patient command: it can wait for whoever is in its way.
            if (ending is not null && current is { Waiting: Waiting.Brief })
            {
                await ending.EndAsync(sampler.Blockers, cancellation);
            }
            if (run.Settings.LockBudget is { } budget && sampler.LongestWait > budget)
            {
                stop(new LockBudgetExceeded(migration, sampler.LongestWait, budget));
            }
        }
        await looking;
    }

    /// <summary>The step goes on when the session that looks was cut; its limits hold again as soon as there is another.</summary>
    private async Task LookAgainAsync(LockSampler sampler, CancellationToken cancellation)
    {
        try
        {
            await Task.Delay(Blink, cancellation);
            await run.SeeAgainAsync(cancellation);
            await sampler.RunAsync(cancellation);
        }
        catch (Exception exception) when (exception is OperationCanceledException or QueryFailure)
        {
            // The step has ended, or the server does not answer yet.
        }
    }

    private async Task HurryAsync(Action<Exception> stop, CancellationToken cancellation)
    {
        if (run.Engine.Updates.Preflight.EfLock is { } forms
            && await EfLockPatience.WaitAsync(forms, run.Watch.QueryAsync, run.Settings.LockWait, () => begun, cancellation) is { } held)
        {
            stop(new SafeMigrateException(
                $"{migration.Name} was not begun: {held}.", "dotnet safe-migrate repair lock   gives it back when its owner is gone; --lock-wait SECONDS waits longer", ExitCode.StoppedSafely));
        }
    }

    private void Keep(LockSampler? sampler)
    {
        if (sampler is null)
        {
            return;
        }
        LastBlocker = sampler.LastBlocker;
        LongestHold = LongestHold is null || sampler.LongestHold?.Milliseconds > LongestHold.Milliseconds ? sampler.LongestHold : LongestHold;
        LongestWait = sampler.LongestWait > LongestWait ? sampler.LongestWait : LongestWait;
    }
}

/// <summary>The step was cancelled because another session waited too long behind it.</summary>
#pragma warning disable CA1064 // Caught by the updater only.
internal sealed class LockBudgetExceeded(PlannedUpdate migration, TimeSpan waited, TimeSpan budget)
    : Exception(string.Create(CultureInfo.InvariantCulture, $"Budget exceeded: another session waited {waited.TotalMilliseconds:0} ms behind {migration.Name}; the lock budget is {budget.TotalMilliseconds:0} ms."));
