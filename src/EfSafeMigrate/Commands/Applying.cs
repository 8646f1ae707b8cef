using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Reports;
using EfSafeMigrate.Sessions;
using EfSafeMigrate.Settings;
using EfSafeMigrate.Updates;
using EfSafeMigrate.Updates.Preflight;

namespace EfSafeMigrate.Commands;

/// <summary>One call of <c>apply</c>, from the database's name to the end of the run.</summary>
internal sealed class Applying
{
    private readonly UpdateOptions update;
    private readonly ApplyOptions options;
    private readonly SafeMigrateSettings settings;
    private readonly ConsentFlags consent;
    private readonly GateFlags evidence;
    private readonly LiveProject live;
    private readonly UpdateSettings manner;
    private readonly RunLog log;
    private Target? target;
    private AfterFailure? afterwards;
    private bool begun;

    public Applying(ApplyOptions options, SafeMigrateSettings settings, ConsentFlags consent, GateFlags evidence, LiveProject live)
    {
        (update, this.options, this.settings, this.consent, this.evidence, this.live) = (options.Update, options, settings, consent, evidence, live);
        manner = update.Settings(settings) with { Backfill = options.Backfill.Read(settings) };
        log = new RunLog(options.Output.Reporter(live.Talk, update.Redact), TimeProvider.System, update.Redact);
    }

    public async Task SayWhereAsync(CancellationToken cancellation)
    {
        target = await TargetReader.ReadAsync(live.Session, live.Engine, cancellation) with { Environment = options.Project.Environment };
        log.Head(target, live.Engine, live.Project.Context, live.Session.ServerVersion);
    }

    public async Task<PendingMigrations> ChooseAsync(CancellationToken cancellation)
    {
        await EfHistory.ReadAsync(live.Session, live.Engine, manner.LockWait, Wait, cancellation);
        return await PendingMigrations.ChooseAsync(live.Project, live.Engine, live.Session.Applied, await LastAsync(cancellation), update.Until, live.Talk, cancellation);
    }

    /// <summary>Nothing is left to apply but what waits at the gate.</summary>
    public async Task<int> CloseAsync(MigrationChanges? gate, CancellationToken cancellation)
    {
        await InterruptedRuns.CloseAsync(() => OpenAsync(live.Engine.Assumed, cancellation), live.Session, live.Engine, cancellation);
        log.NothingPending(gate);
        await TellOfAsync(ContractOf(await Journal.OpenAsync(live.Session, live.Engine, cancellation)), gate, cancellation);
        return ExitCode.Clean;
    }

    public async Task<(UpdatePlan Plan, FactSheet Facts)> PlanAsync(PendingMigrations pending, CancellationToken cancellation)
    {
        var facts = await Measuring.MeasureAsync(live.Session, live.Engine, pending.Changes, options.Probes.Timeout, live.Talk, cancellation);
        var plan = UpdatePlan.Of(target!, pending.Changes, live.Engine, facts) with { Later = pending.Later };
        log.Plan(plan, pending.Gate, whole: update.PlanOnly);
        return (plan, facts);
    }

    /// <summary>Runs, and takes back what it had applied when it fails, where that is wished.</summary>
    public async Task<int> RunSafelyAsync(UpdatePlan plan, FactSheet facts, PendingMigrations pending, CancellationToken cancellation)
    {
        if (options.OnFailure.Manner == FailureManner.Stop)
        {
            return await RunAsync(plan, facts, pending, cancellation);
        }
        var rolling = new RollingBack(new(manner, 1, null), settings, consent, live, log);
        afterwards = new AfterFailure(options.OnFailure, rolling, target!, options.Wrap is { NoBackup: null, Command: null });
        await afterwards.PrepareAsync(plan, Protection.Of(target!, settings.Protected, (await Journal.OpenAsync(live.Session, live.Engine, cancellation)).Events<MarkedProtected>()), cancellation);
        try
        {
            return await RunAsync(plan, facts, pending, cancellation);
        }
        catch (SafeMigrateException failed) when (begun && !cancellation.IsCancellationRequested)
        {
            throw await afterwards.TakeBackAsync(failed, plan);
        }
    }

    private async Task<int> RunAsync(UpdatePlan plan, FactSheet facts, PendingMigrations pending, CancellationToken cancellation)
    {
        var run = await OpenAsync(facts.Version.Value ?? live.Engine.Assumed, cancellation);
        using var hooks = new Hooks(new HookCommands(settings.Hooks, settings.HookTimeout, settings.Notify), run.Id, plan, log.Tell);
        run = run with { Hooks = hooks, AfterStep = afterwards is null ? null : afterwards.NoteAsync };
        return await log.KeepAsync(update.LogDirectory, run, () => RunAsync(run, plan, facts, pending, cancellation));
    }

    private async Task<int> RunAsync(RunContext run, UpdatePlan plan, FactSheet facts, PendingMigrations pending, CancellationToken cancellation)
    {
        var protection = Protection.Of(plan.Target, settings.Protected, run.Journal.Events<MarkedProtected>());
        var drift = RunTerms.Drift(live, run, protection, settings, consent.AcceptDrift);
        await PreflightChecks.RunAsync(PreflightContext.Of(run, plan, facts) with
        {
            Drift = drift,
            Provider = live.Project.Provider,
            Describe = (ids, stop) => PendingMigrations.DescribeAsync(live.Project, live.Engine, ids, live.Talk, stop),
        }, log.Object, cancellation);
        var agreed = await Consenting.ObtainAsync(plan, run.Journal, settings, consent, live.Project, cancellation);
        await using var early = await HoldAsync(run, cancellation);
        await run.CheckPlanAsync(plan, cancellation);
        var contract = ContractOf(run.Journal);
        await contract.AskFirstAsync(plan, run.Id, unused: run.Work.Applied.Count == 0, cancellation);
        var wrapped = await new Wrapping(options, settings, live, run, protection).RunAsync(plan, pending.Changes, facts, cancellation);
        await (run with { Lock = early }).WakeAsync(cancellation);
        await using var late = early is null ? await TakeAsync(run, cancellation) : null;
        await run.CheckPlanAsync(plan, cancellation);
        await run.Journal.CreateAsync(cancellation);
        await contract.CheckAsync(plan, run.Id, unused: run.Work.Applied.Count == 0, cancellation);
        await run.Journal.AddAsync(run.Id, [.. agreed.Events, .. drift.Overridden(consent.Reason), .. wrapped.Events], cancellation);
        await using var pulse = await PulseAsync(run, cancellation);
        afterwards?.Take(wrapped.Backup);
        begun = true;
        await new Updater(run with { Lock = early ?? late, Agreed = agreed }, plan).RunAsync(
            await RunTerms.StartedAsync(live, plan.Target, plan.Hash, [.. plan.Migrations.Select(migration => migration.Id)], cancellation), cancellation);
        await (pulse?.FinishAsync(cancellation) ?? Task.CompletedTask);
        // The run is over, and the journal says so: what becomes of the connection now does not change that.
        log.Done(pending.Gate, live.Migrations.Except(live.Session.Applied).Except(plan.Migrations.Select(migration => migration.Id)).Count());
        try
        {
            await TellOfAsync(contract, pending.Gate, cancellation);
        }
        catch (QueryFailure)
        {
            // The next call looks again at what the contract waits for.
        }
        return ExitCode.Clean;
    }

    /// <summary>Nobody else begins while this run is wrapped; where the lock is a row, nothing is written that early, and whoever is at work is refused.</summary>
    private async Task<RunLock?> HoldAsync(RunContext run, CancellationToken cancellation)
    {
        if (run.Engine.Updates.Lock.Create.Count == 0)
        {
            return await TakeAsync(run, cancellation);
        }
        await RunLock.AwaitAsync(run.Work, run.Engine, manner.LockWait, Wait, cancellation);
        return null;
    }

    private Task<RunLock> TakeAsync(RunContext run, CancellationToken cancellation) =>
        RunLock.TakeAsync(run.Work, run.Watch, run.Engine, run.Id, manner.LockWait, Wait, cancellation);

    /// <summary>How far it goes: as far as it was told, or as far as the run that it goes on with was to go; null for up to the gate.</summary>
    private async Task<string?> LastAsync(CancellationToken cancellation)
    {
        if (!update.Resume || update.To is not null || update.Until is not null)
        {
            return update.Last(live.Migrations);
        }
        var left = InterruptedRuns.LastLeft(await Journal.OpenAsync(live.Session, live.Engine, cancellation), [.. live.Migrations.Except(live.Session.Applied)]);
        if (left is null)
        {
            log.Tell(new NothingToResume());
        }
        return left;
    }

    private Task<RunContext> OpenAsync(EngineVersion version, CancellationToken cancellation) =>
        RunContext.StartAsync(live.Project, live.Connection, live.Session, live.Engine, version, manner, log.Tell, cancellation);

    private async Task<Pulse?> PulseAsync(RunContext run, CancellationToken cancellation) => update.Watch(settings) is not { } watching ? null
        : await Pulse.StartAsync(await Session.OpenAsync(live.Project, live.Connection, SessionNames.Pulse, cancellation), run, watching, cancellation);

    private ContractGate ContractOf(Journal journal) => new(live.Session, live.Engine, journal, evidence);

    private async Task TellOfAsync(ContractGate contract, MigrationChanges? gate, CancellationToken cancellation)
    {
        if (gate is not null && await contract.ObserveAsync([gate], cancellation) is { } seen)
        {
            log.Object(seen);
        }
    }

    private void Wait(Holder holder) => log.Tell(new RunWaits(holder));
}
