using System.Diagnostics;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Sessions;
using EfSafeMigrate.Updates.Rollbacks;

namespace EfSafeMigrate.Updates;

/// <summary>Runs that never said how they ended. Whoever has the lock knows that they are over, and writes down what became of them.</summary>
internal static class InterruptedRuns
{
    private static readonly TimeSpan EndingLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public static IReadOnlyList<RunRecord> In(Journal journal, string except = "") =>
        [.. RunHistory.Of(journal.Entries).Where(run => run.Ended is null && run.Id != except)];

    /// <summary>The last migration that is left of the last run; null when that came to its end, or was the first.</summary>
    /// <param name="pending">Not applied yet.</param>
    /// <exception cref="SafeMigrateException">The last run undid migrations: those that it did undo are pending, and nobody wants them back.</exception>
    public static string? LastLeft(Journal journal, IReadOnlyList<string> pending) => RunHistory.Of(journal.Entries) is not [.., { Ended: not { Outcome: RunOutcome.Done } } run] ? null
        : run.Started.DownTo is not { } to ? run.Started.Migrations.LastOrDefault(pending.Contains)
        : throw new SafeMigrateException(
            $"The last run was a rollback to {(to == Undoing.Nothing ? "nothing" : to)}, and did not come to its end. Nothing was changed.",
            $"dotnet safe-migrate rollback {to}   goes on with it; apply without --resume applies what is pending", ExitCode.StoppedSafely);

    /// <summary>Ends what they left on the server, and closes them in the journal.</summary>
    /// <param name="run">Has the lock.</param>
    public static async Task CloseAsync(RunContext run, CancellationToken cancellation)
    {
        var open = In(run.Journal, run.Id);
        foreach (var dead in open)
        {
            await EndOrphansAsync(run, dead, cancellation);
        }
        var applied = await run.Work.AppliedAsync(cancellation);
        foreach (var (dead, step) in RunHistory.LeftOpen(run.Journal.Entries).Where(each => each.Run.Id != run.Id))
        {
            var undone = dead.Started.DownTo is not null;
            if (applied.Contains(step.Migration) != undone)
            {
                var (migration, checksum) = (step.Migration, step.Checksum ?? "");
                await run.Journal.AddAsync(dead.Id, (undone ? new StepUndone(migration, checksum) : new StepEnded(migration, checksum)) with { FoundDone = true }, cancellation);
            }
        }
        foreach (var dead in open)
        {
            await run.Journal.AddAsync(dead.Id, new RunEnded(RunOutcome.Interrupted, $"found by run {run.Id}"), cancellation);
        }
        await Checkpoints.ForgetAppliedAsync(run, applied, cancellation);
    }

    /// <summary>Closes them when nothing is left to apply; a run that is at work is left alone.</summary>
    public static async Task CloseAsync(Func<Task<RunContext>> open, Session work, Engine engine, CancellationToken cancellation)
    {
        if (In(await Journal.OpenAsync(work, engine, cancellation)).Count == 0)
        {
            return;
        }
        var run = await open();
        // Where the lock is a row, a dead process of this machine leaves it behind for a moment.
        var patience = await RunLock.HolderAsync(work, engine, cancellation) is { IsGone: true } ? EndingLimit : TimeSpan.Zero;
        try
        {
            await using var held = await RunLock.TakeAsync(run.Work, run.Watch, engine, run.Id, patience, _ => { }, cancellation);
            await run.Journal.ReadAsync(cancellation);
            await CloseAsync(run with { Lock = held }, cancellation);
        }
        catch (SafeMigrateException busy) when (busy.Code == ExitCode.StoppedSafely)
        {
            // It is not interrupted: it is at work.
        }
    }

    private static async Task EndOrphansAsync(RunContext run, RunRecord dead, CancellationToken cancellation)
    {
        var updates = run.Engine.Updates;
        if (updates.EndOrphans is { } end)
        {
            for (var clock = Stopwatch.StartNew(); clock.Elapsed < EndingLimit; await Task.Delay(Pause, cancellation))
            {
                var ended = await run.Work.RunAsync([end(Operator.Mark(dead.Id))], transaction: false, cancellation);
                if (ended[0].Rows.Count == 0)
                {
                    break;
                }
            }
        }
        if (updates.ClearHistoryLock is { } clear && dead.Open is { } step)
        {
            try
            {
                await run.Work.RunAsync([clear(step.At)], transaction: false, cancellation);
            }
            catch (QueryFailure failure) when (!failure.Lost)
            {
                // This version of EF has no such table.
            }
        }
    }
}
