using System.Globalization;
using EfSafeMigrate.Sessions;
using EfSafeMigrate.Updates.Drifts;

namespace EfSafeMigrate.Updates;

/// <summary>Carries out a plan: step after step, each in the journal before and after, until the end or the first that fails.</summary>
internal sealed class Updater(RunContext run, UpdatePlan plan)
{
    private const int MostBetween = 20;

    /// <param name="started">What the journal says of the run's beginning.</param>
    /// <exception cref="SafeMigrateException">A step failed, or the run was stopped; the journal says so too.</exception>
    public async Task RunAsync(RunStarted started, CancellationToken cancellation)
    {
        run.Journal.Reconnect = run.ReconnectAsync;
        run.Journal.Fence = run.Lock?.Fence;
        foreach (var dead in InterruptedRuns.In(run.Journal, run.Id).TakeLast(1))
        {
            run.Tell(new RunGoesOn(dead));
        }
        await InterruptedRuns.CloseAsync(run, cancellation);
        await Checkpoints.RefuseHalfAsync(run, plan, cancellation);
        await run.Journal.AddAsync(run.Id, started, cancellation);
        run.Tell(new RunBegan(run.Id, plan));
        try
        {
            await (run.Hooks?.BeforeRunAsync(cancellation) ?? Task.CompletedTask);
            var verification = await Verification.BeforeAsync(run, plan, cancellation);
            await KeepSchemaAsync(cancellation);
            foreach (var phase in plan.Phases)
            {
                await PhaseAsync(phase, cancellation);
            }
            await verification.CheckAsync(cancellation);
            await KeepSchemaAsync(cancellation);
            await EndAsync(RunOutcome.Done, null);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            run.Journal.Reconnect = null;
            await EndAsync(RunOutcome.Stopped, "stopped by hand");
            throw new SafeMigrateException(
                At?.InParts == true ? $"Stopped in {At.Name}; what it had committed stays, and the next run goes on behind it." : "Stopped between two migrations; nothing is half-done.",
                $"{plan.Again}   goes on", ExitCode.StoppedSafely);
        }
        catch (LockBudgetExceeded exceeded)
        {
            await EndAsync(RunOutcome.Stopped, exceeded.Message);
            throw new SafeMigrateException($"{exceeded.Message} The step was taken back.", $"{plan.Again}   when there is less traffic, or with a greater --lock-budget", ExitCode.StoppedSafely);
        }
        catch (QueryFailure failure)
        {
            run.Journal.Reconnect = null;
            await ThrowIfOvertakenAsync();
            await EndAsync(RunOutcome.Failed, failure.Sentence);
            throw Failed(failure);
        }
        catch (SafeMigrateException exception)
        {
            run.Journal.Reconnect = null;
            await EndAsync(exception.Code == ExitCode.StoppedSafely ? RunOutcome.Stopped : RunOutcome.Failed, exception.Message);
            throw;
        }
    }

    private async Task PhaseAsync(IReadOnlyList<PlannedUpdate> phase, CancellationToken cancellation)
    {
        await HookAsync(HookEvent.BeforePhase, phase[0], cancellation);
        foreach (var migration in phase)
        {
            cancellation.ThrowIfCancellationRequested();
            await HookAsync(HookEvent.BeforeMigration, migration, cancellation);
            await (run.Losses?.CheckAsync(migration, run.Agreed, plan.Again, cancellation) ?? Task.CompletedTask);
            var ended = await new MigrationStep(run, migration).RunAsync(cancellation);
            await (run.AfterStep?.Invoke(migration, cancellation) ?? Task.CompletedTask);
            CheckBudget(migration, ended);
            await HookAsync(HookEvent.AfterMigration, migration, cancellation);
            await (KeepsBetween && migration != plan.Migrations[^1] ? KeepSchemaAsync(cancellation) : Task.CompletedTask);
        }
        await HookAsync(HookEvent.AfterPhase, phase[0], cancellation);
    }

    /// <summary>A rollback leads back to any migration of a release; of a whole history, nobody goes back to the middle.</summary>
    private bool KeepsBetween => plan.Migrations.Count <= MostBetween;

    private async Task KeepSchemaAsync(CancellationToken cancellation)
    {
        try
        {
            await KeptSchema.KeepAsync(run.Id, run.Work, run.Engine, run.Journal, cancellation);
        }
        catch (QueryFailure failure) when (!failure.Lost)
        {
            // Later nobody can tell what other hands change in views and functions; the run itself is well.
        }
    }

    private Task HookAsync(HookEvent when, PlannedUpdate migration, CancellationToken cancellation) =>
        run.Hooks?.AtAsync(when, migration, null, cancellation) ?? Task.CompletedTask;

    private void CheckBudget(PlannedUpdate migration, StepEnded ended)
    {
        if (run.Settings.LockBudget is { } budget && ended.LongestHold is { } hold && hold.Milliseconds > budget.TotalMilliseconds)
        {
            throw new SafeMigrateException(
                string.Create(CultureInfo.InvariantCulture, $"Budget exceeded: {migration.Name} held {hold.Mode} on {hold.Table} for {hold.Milliseconds:0} ms; the lock budget is {budget.TotalMilliseconds:0} ms. The step is done; the run stops before the next."),
                $"{plan.Again} --lock-budget MS   goes on with another budget", ExitCode.StoppedSafely);
        }
    }

    /// <exception cref="SafeMigrateException">This process stood still for so long that another run took over: the journal is that one's.</exception>
    private async Task ThrowIfOvertakenAsync()
    {
        if (run.Lock is { } held && await held.IsLostAsync(run.Engine))
        {
            const string Sentence = "This run gave no sign of life for too long, and another one has taken its place.";
            await EndAsync(RunOutcome.Interrupted, Sentence);
            throw new SafeMigrateException($"{Sentence} What this one had not committed was rolled back.", "dotnet safe-migrate status   shows the other", ExitCode.StoppedSafely);
        }
    }

    private async Task EndAsync(RunOutcome outcome, string? message)
    {
        var ended = new RunEnded(outcome, message);
        try
        {
            await run.Journal.AddAsync(run.Id, ended, CancellationToken.None);
        }
        catch (Exception exception) when (exception is QueryFailure or SafeMigrateException)
        {
            // The database is away; the next run writes that this one was interrupted.
        }
        run.Tell(new RunOver(ended));
        await (run.Hooks?.EndedAsync(ended) ?? Task.CompletedTask);
    }

    /// <summary>The migration whose step has not ended.</summary>
    private PlannedUpdate? At => RunHistory.Of(run.Journal.Entries).LastOrDefault(each => each.Id == run.Id)?.Open is { } open
        ? plan.Migrations.FirstOrDefault(each => each.Id == open.Migration) : null;

    private SafeMigrateException Failed(QueryFailure failure)
    {
        var migration = At;
        var alone = migration?.InParts == true;
        var others = run.Engine.Updates.OthersInTheWay(failure.SqlState);
        var left = alone ? "What it had committed stays, and the next run goes on behind it." : "It was rolled back; nothing of it is left.";
        return new SafeMigrateException(
            $"{migration?.Name ?? "The run"} failed: {failure.Sentence.TrimEnd('.')}. {left}",
            others ? $"{plan.Again}   when the tables are less busy"
                : failure.SqlState is { } state && state == run.Engine.Updates.KeptRows?.Lost ? $"{plan.Again} {run.Agreed.HowToAcceptLossIn(migration!)}   when that is meant" : $"mend the cause, then {plan.Again}",
            others || !alone ? ExitCode.StoppedSafely : ExitCode.NeedsPerson, failure.Detail);
    }
}
