using System.Diagnostics;
using System.Globalization;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Sessions;

namespace EfSafeMigrate.Updates;

/// <summary>
/// One migration, applied or undone by one call of EF: watched, put off while others are in the way, found again after a lost connection. A statement that
/// runs outside the transaction and was done before, by a run that was stopped, is recognised in the catalogue and not run twice.
/// </summary>
internal sealed class MigrationStep(RunContext run, PlannedUpdate migration)
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    /// <summary>A migration that ends its own session would be tried for ever.</summary>
    private const int Losses = 5;

    private readonly IReadOnlyList<string> fence = run.Lock?.Fence is { } kept ? [kept] : [];
    private readonly Checkpoints checkpoints = new(run, migration);
    private readonly KeptRows rows = new(run.Engine.Updates.KeptRows, migration, run.Agreed.AcceptsLossIn(migration));
    private readonly Drain drain = new(run, migration);
    private readonly Stopwatch clock = new();
    private readonly StepWatch watch = new(run, migration);
    private int recognised;
    private int lost;

    /// <exception cref="QueryFailure">It failed, and nothing of it is left but what is recognised the next time.</exception>
    /// <exception cref="LockBudgetExceeded">Others waited longer than allowed; the step was taken back.</exception>
    public async Task<StepEnded> RunAsync(CancellationToken cancellation)
    {
        clock.Start();
        await run.Journal.AddAsync(run.Id, new StepStarted(migration.Id) { Checksum = migration.Checksum }, cancellation);
        for (var attempt = 1; ; attempt++)
        {
            run.Tell(new StepBegan(migration, attempt));
            try
            {
                return await EndAsync(foundDone: !await TryAsync(cancellation));
            }
            catch (QueryFailure failure) when (failure.Overtaken && attempt < run.Settings.Attempts)
            {
                // Looked at anew: EF has recorded the migration by now, or it is this one's turn again.
            }
            catch (QueryFailure failure) when (failure.Lost)
            {
                run.Tell(new StepReconnects(migration, failure.Sentence));
                if (await run.ReconnectAsync(failure, cancellation) is var applied && IsDone(applied))
                {
                    return await EndAsync(foundDone: true);
                }
                lost = drain.HasMoved() ? 1 : lost + 1;
                if (lost == Losses)
                {
                    await FailAsync(failure.Sentence, failure.SqlState);
                    throw new SafeMigrateException(
                        $"{migration.Name} has lost its connection {Losses} times: {failure.Sentence.TrimEnd('.')}.",
                        $"look in the server's log for what ends the session, then {run.Again}", ExitCode.NeedsPerson, failure.Detail);
                }
            }
            catch (QueryFailure failure) when (run.Engine.Updates.OthersInTheWay(failure.SqlState) && attempt < run.Settings.Attempts)
            {
                await checkpoints.SettleAsync();
                await PutOffAsync(attempt, failure, cancellation);
            }
            catch (QueryFailure failure)
            {
                await checkpoints.SettleAsync();
                await FailAsync(failure.Sentence, failure.SqlState);
                throw;
            }
            catch (LockBudgetExceeded exceeded)
            {
                await checkpoints.SettleAsync();
                await FailAsync(exceeded.Message, null);
                throw;
            }
            catch (OperationCanceledException)
            {
                await checkpoints.SettleAsync();
                throw;
            }
        }
    }

    private bool IsDone(IReadOnlyList<string> applied) => applied.Contains(migration.Id) != migration.IsUndo;

    /// <returns>False when EF had recorded the migration, or forgotten it, before.</returns>
    private async Task<bool> TryAsync(CancellationToken cancellation)
    {
        if (IsDone(await run.Work.AppliedAsync(cancellation)))
        {
            return false;
        }
        await run.SeeAgainAsync(cancellation);
        await watch.DuringAsync(
            async stop =>
            {
                watch.At(null);
                await drain.RunAsync(stop);
            },
            cancellation);
        var commands = await ExpectedAsync(cancellation);
        var ran = 0;
        await watch.DuringAsync(
            async stop => ran = (await run.Work.MigrateAsync(new MigrateRequest(migration.Id, commands) { Afterwards = run.Engine.Updates.Afterwards, DownTo = migration.Judged.Migration.DownTo }, Progress, stop)).Ran.Count, cancellation);
        return ran > 0;
    }

    /// <summary>What EF is going to run, each with its own patience, and without what is there already.</summary>
    private async Task<IReadOnlyList<ExpectedCommand>> ExpectedAsync(CancellationToken cancellation)
    {
        List<ExpectedCommand> commands = [];
        recognised = 0;
        var mark = await checkpoints.FindAsync(cancellation);
        foreach (var (command, index) in migration.Commands.Select((command, index) => (command, index)))
        {
            var recognise = checkpoints.IsCommitted(mark, index) || await IsDoneAsync(command, cancellation);
            recognised += recognise ? 1 : 0;
            var done = recognise || drain.Done.Contains(index);
            commands.Add(done ? new ExpectedCommand(command.Sql, []) { Instead = run.Engine.Updates.Nothing }
                : new ExpectedCommand(command.Sql, [.. fence, .. run.Engine.Updates.Before(command.Waiting, !command.Suppressed), .. rows.Before(index), .. checkpoints.Before(index)])
                {
                    After = [.. checkpoints.After(index), .. fence],
                });
        }
        return commands;
    }

    private async Task<bool> IsDoneAsync(PlannedCommand command, CancellationToken cancellation)
    {
        if (command.Leftover is not { } leftover)
        {
            return false;
        }
        var state = await run.Work.QueryAsync(leftover.State.Sql, leftover.State.Parameters, timeoutSeconds: 15, cancellation);
        if (state.Rows is [["broken"]])
        {
            await run.Work.RunAsync(
                [.. run.Engine.Updates.Before(Waiting.Patient, false).Select(sql => new StatementMessage(sql)), new StatementMessage(leftover.Clear), .. run.Engine.Updates.Afterwards.Select(sql => new StatementMessage(sql))],
                transaction: false, cancellation, timeoutSeconds: 0);
        }
        return state.Rows is [["done"]];
    }

    private void Progress(CommandProgress progress)
    {
        watch.At(progress.Milliseconds is null ? migration.Commands[progress.Command] : null);
        if (progress.Milliseconds is null)
        {
            run.Tell(new CommandBegan(migration, progress.Command));
        }
    }

    private async Task PutOffAsync(int attempt, QueryFailure failure, CancellationToken cancellation)
    {
        // Growing, and never the same twice, so that two runs do not meet again and again.
        var ceiling = Math.Min(LongestPause.TotalMilliseconds, ShortestPause.TotalMilliseconds * Math.Pow(1.3, attempt));
#pragma warning disable CA5394 // Nobody gains by guessing a pause.
        var pause = TimeSpan.FromMilliseconds(ceiling * (0.5 + Random.Shared.NextDouble() / 2));
#pragma warning restore CA5394
        run.Tell(new StepPutOff(migration, attempt, run.Settings.Attempts, failure.Sentence, watch.LastBlocker, pause));
        await Task.Delay(pause, cancellation);
    }

    private Task FailAsync(string message, string? sqlState) => run.Journal.AddAsync(run.Id, new StepFailed(migration.Id, message, sqlState)
    {
        LongestHold = watch.LongestHold,
        LongestWaitMilliseconds = watch.LongestWait.TotalMilliseconds,
        EndedSessions = watch.Ended,
    });

    private async Task<StepEnded> EndAsync(bool foundDone)
    {
        var step = (migration.IsUndo ? new StepUndone(migration.Id, migration.Checksum) : new StepEnded(migration.Id, migration.Checksum)) with
        {
            Seconds = Math.Round(clock.Elapsed.TotalSeconds, 3),
            LongestHold = watch.LongestHold,
            LongestWaitMilliseconds = watch.LongestWait.TotalMilliseconds,
            Recognised = recognised,
            FoundDone = foundDone,
            EndedSessions = watch.Ended,
        };
        await run.Journal.AddAsync(run.Id, step, CancellationToken.None);
        run.Tell(new StepDone(migration, step));
        return step;
    }
}
