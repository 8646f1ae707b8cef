using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Reports;
using EfSafeMigrate.Sessions;
using EfSafeMigrate.Settings;
using EfSafeMigrate.Updates;
using EfSafeMigrate.Updates.Backups;
using EfSafeMigrate.Updates.Preflight;
using EfSafeMigrate.Updates.Rollbacks;

namespace EfSafeMigrate.Commands;

/// <param name="Jobs">Tables at a time, where a backup is restored.</param>
internal sealed record RollbackManner(UpdateSettings Update, int Jobs, string? LogDirectory);

/// <summary>A counted plan that undoes migrations.</summary>
internal sealed record RollbackPlan(Undoing Undoing, UpdatePlan Plan, FactSheet Facts, LossCount Losses);

/// <summary>One rollback, from the database's name to the end of the run.</summary>
internal sealed class RollingBack
{

    /// <summary>Sizes alone are asked for.</summary>
    private static readonly TimeSpan ProbeLimit = TimeSpan.FromSeconds(5);

    private readonly SafeMigrateSettings settings;
    private readonly ConsentFlags consent;

    public RollingBack(RollbackManner manner, SafeMigrateSettings settings, ConsentFlags consent, LiveProject live, RunReporter shown)
    {
        (Manner, this.settings, this.consent, Live) = (manner, settings, consent, live);
        Log = new RunLog(shown, TimeProvider.System, manner.Update.Redact);
    }

    public RollbackManner Manner { get; }

    public LiveProject Live { get; }

    public RunLog Log { get; }

    public SafeMigrateSettings Settings => settings;

    public ConsentFlags Consent => consent;

    public async Task<Target> SayWhereAsync(string? environment, CancellationToken cancellation)
    {
        var target = await TargetReader.ReadAsync(Live.Session, Live.Engine, cancellation) with { Environment = environment };
        Log.Head(target, Live.Engine, Live.Project.Context, Live.Session.ServerVersion);
        return target;
    }

    /// <param name="named">As a person typed it; null for what was applied before the last run.</param>
    public async Task<Undoing> ChooseAsync(string? named, CancellationToken cancellation)
    {
        await EfHistory.ReadAsync(Live.Session, Live.Engine, Manner.Update.LockWait, Wait, cancellation);
        var to = named is null ? LastRun.Before((await Journal.OpenAsync(Live.Session, Live.Engine, cancellation)).Entries, Live.Migrations, Live.Session.Applied)
            : named == Undoing.Nothing ? named : MigrationOptions.Find(Live.Migrations, named);
        return await Undoing.ChooseAsync(Live.Project, Live.Engine, Live.Session.Applied, to, Live.Talk, cancellation);
    }

    /// <summary>Nothing is left to undo, but perhaps a run to be brought to its end in the journal.</summary>
    public async Task<int> CloseAsync(Undoing undoing, CancellationToken cancellation)
    {
        await InterruptedRuns.CloseAsync(() => StartAsync(Live.Engine.Assumed, cancellation), Live.Session, Live.Engine, cancellation);
        Log.Done(null, Live.Migrations.Except(Live.Session.Applied).Count());
        Live.Talk.Say($"  Nothing is applied behind {undoing.Spoken}: there is nothing to undo.");
        return ExitCode.Clean;
    }

    /// <exception cref="SafeMigrateException">Down is no way back; the sentence says what a restore would lose, where a backup is known.</exception>
    public async Task RefuseAsync(Undoing undoing, Target target, CancellationToken cancellation)
    {
        if (undoing.Objection is not { } objection)
        {
            return;
        }
        var back = $"dotnet safe-migrate rollback {undoing.To} --backup";
        if (BackupChoice.Last((await Journal.OpenAsync(Live.Session, Live.Engine, cancellation)).Events<BackupProven>(), undoing.To) is not { } backup)
        {
            throw new SafeMigrateException(
                $"{objection}. Restoring a backup is the only way, and the journal knows of none that was proven before. Nothing was changed.",
                $"{back} DIR   when there is one; with --plan-only it counts what would be lost", ExitCode.StoppedSafely);
        }
        var lost = await new RestoringBack(this, target).WeighAsync(backup, cancellation);
        throw new SafeMigrateException(
            $"{objection}. Restoring the backup of {backup.Manifest.At.UtcDateTime:yyyy-MM-dd HH:mm} UTC is the only way, and {(lost.Count == 0 ? "loses nothing" : $"loses: {string.Join(' ', lost.Select(each => each.Sentence))}")} Nothing was changed.",
            $"{back} {ShellWord.Of(backup.Folder)}", ExitCode.StoppedSafely);
    }

    public async Task<RollbackPlan> PlanAsync(Undoing undoing, Target target, bool whole, CancellationToken cancellation)
    {
        var changes = new ChangeSet(undoing.Downs);
        var facts = await Measuring.MeasureAsync(Live.Session, Live.Engine, changes, ProbeLimit, Live.Talk, cancellation);
        // They are pending afterwards, and prove what they proved before.
        var plan = UpdatePlan.Of(target, changes, Live.Engine, facts, together: false) with { Later = [.. undoing.Written.Where(up => undoing.Downs.Any(down => down.Id == up.Id))] };
        var losses = new LossCount(Live.Engine, Live.Session.QueryAsync, undoing.Written);
        plan = plan with { Migrations = await Live.Talk.During("Counting what would be lost", losses.CountAsync(plan.Migrations, cancellation)) };
        Log.Plan(plan, gate: null, whole);
        Log.Tell(new RollbackWeighed(undoing, plan.Migrations));
        return new(undoing, plan, facts, losses);
    }

    public async Task<int> RunAsync(RollbackPlan rollback, CancellationToken cancellation)
    {
        var run = await StartAsync(rollback, cancellation);
        using var hooks = new Hooks(new HookCommands(settings.Hooks, settings.HookTimeout, settings.Notify), run.Id, rollback.Plan, Log.Tell);
        run = run with { Hooks = hooks };
        return await Log.KeepAsync(Manner.LogDirectory, run, () => RunAsync(run, rollback, cancellation));
    }

    private async Task<int> RunAsync(RunContext run, RollbackPlan rollback, CancellationToken cancellation)
    {
        var plan = rollback.Plan;
        var drift = RunTerms.Drift(Live, run, Protection.Of(plan.Target, settings.Protected, run.Journal.Events<MarkedProtected>()), settings, consent.AcceptDrift);
        await PreflightChecks.RunAsync(PreflightContext.Of(run, plan, rollback.Facts) with
        {
            Drift = drift,
            Provider = Live.Project.Provider,
            Describe = (ids, stop) => PendingMigrations.DescribeAsync(Live.Project, Live.Engine, ids, Live.Talk, stop),
        }, Log.Object, cancellation);
        var agreed = await Consenting.ObtainAsync(plan, run.Journal, settings, consent, Live.Project, cancellation);
        await AskAsync(plan, cancellation);
        await CarryOutAsync(run with { Losses = rollback.Losses }, plan, agreed, [.. agreed.Events, .. drift.Overridden(consent.Reason)], consent.Reason, cancellation);
        Log.Done(null, Live.Migrations.Except(Live.Session.Applied).Count() + plan.Migrations.Count);
        return ExitCode.Clean;
    }

    /// <summary>Holds the lock, and undoes.</summary>
    /// <param name="events">For the journal, before the run begins.</param>
    public async Task CarryOutAsync(RunContext run, UpdatePlan plan, Agreement agreed, IReadOnlyList<RunEvent> events, string? reason, CancellationToken cancellation)
    {
        await using var held = await RunLock.TakeAsync(run.Work, run.Watch, run.Engine, run.Id, Manner.Update.LockWait, Wait, cancellation);
        await run.CheckPlanAsync(plan, cancellation);
        await run.Journal.CreateAsync(cancellation);
        await run.Journal.AddAsync(run.Id, events, cancellation);
        await new Updater(run with { Lock = held, Agreed = agreed }, plan).RunAsync(await StartedAsync(plan.Target, plan.Hash, [.. plan.Migrations.Select(migration => migration.Id)], plan.DownTo!, reason, cancellation), cancellation);
    }

    public async Task<RunContext> StartAsync(RollbackPlan rollback, CancellationToken cancellation) =>
        await StartAsync(rollback.Facts.Version.Value ?? Live.Engine.Assumed, cancellation) with { Again = rollback.Plan.Again };

    public Task<RunContext> StartAsync(EngineVersion version, CancellationToken cancellation) =>
        RunContext.StartAsync(Live.Project, Live.Connection, Live.Session, Live.Engine, version, Manner.Update, Log.Tell, cancellation);

    public async Task<RunStarted> StartedAsync(Target target, string hash, IReadOnlyList<string> migrations, string to, string? reason, CancellationToken cancellation) =>
        await RunTerms.StartedAsync(Live, target, hash, migrations, cancellation) with { DownTo = to, Reason = reason };

    public void Wait(Holder holder) => Log.Tell(new RunWaits(holder));

    /// <summary>Where something is lost or protected, the question was another.</summary>
    private async Task AskAsync(UpdatePlan plan, CancellationToken cancellation)
    {
        if (!consent.Yes && !plan.Destroys && Terminal.Prompt is { } ask
            && (await ask($"Undo {"migration".ToQuantity(plan.Migrations.Count)}? [y/N]", cancellation))?.Trim() is not ("y" or "Y" or "yes"))
        {
            throw new SafeMigrateException("You did not say yes. Nothing was changed.", "dotnet safe-migrate rollback --yes   is not asked", ExitCode.StoppedSafely);
        }
    }
}
