using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Projects;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Reports;
using EfSafeMigrate.Sessions;
using EfSafeMigrate.Settings;
using EfSafeMigrate.Updates;
using EfSafeMigrate.Updates.Preflight;
using McMaster.Extensions.CommandLineUtils;

namespace EfSafeMigrate.Commands;

/// <summary><c>dotnet safe-migrate apply</c>: applies the pending migrations up to the next gate.</summary>
internal static class ApplyCommand
{
    public static void AddTo(CommandLineApplication app) => app.Command("apply", command =>
    {
        command.Description = "Applies the pending migrations up to the next gate: locked, timed, journalled and resumable.";
        var options = new ApplyOptions(command);
        command.HelpTextGenerator = app.HelpTextGenerator;
        command.AllowArgumentSeparator = true;
        command.OnExecute(() => Program.RunAsync(options.Output, cancellation => RunAsync(options, cancellation)));
    });

    private static async Task<int> RunAsync(ApplyOptions options, CancellationToken cancellation)
    {
        options.Check();
        var settings = SettingsFile.Find(Directory.GetCurrentDirectory());
        var consent = options.Consent.Read(settings);
        var evidence = options.Gate.Read(settings, consent.Reason);
        var (update, talk) = (options.Update, options.Output.Talk());
        var connection = options.Database.Read(talk);
        await using var project = await LoadedProject.LoadAsync(options.Project.Read(Directory.GetCurrentDirectory()), talk, cancellation);
        var engine = EngineOf.Project(project);
        var work = await Session.OpenAsync(project, connection, talk, cancellation);
        var target = await TargetReader.ReadAsync(work, engine, cancellation) with { Environment = options.Project.Environment };
        var log = new RunLog(options.Output.Reporter(talk, update.Redact), TimeProvider.System, update.Redact);
        log.Head(target, engine, project.Context, work.ServerVersion);
        var rules = update.Settings(settings);
        await EfHistory.ReadAsync(work, engine, rules.LockWait, Wait, cancellation);

        var (changes, gate, later) = await PendingMigrations.ChooseAsync(project, engine, work.Applied, await LastAsync(), update.Until, talk, cancellation);
        if (changes.Migrations.Count == 0)
        {
            await InterruptedRuns.CloseAsync(() => OpenAsync(engine.Assumed), work, engine, cancellation);
            log.NothingPending(gate);
            await TellOfAsync(new(work, engine, await Journal.OpenAsync(work, engine, cancellation), evidence), gate, log, cancellation);
            return ExitCode.Clean;
        }
        var facts = await Measuring.MeasureAsync(work, engine, changes, options.Probes.Timeout, talk, cancellation);
        var plan = UpdatePlan.Of(target, changes, engine, facts) with { Later = later };
        log.Plan(plan, gate, whole: update.PlanOnly);
        if (update.PlanOnly)
        {
            return ExitCode.Clean;
        }

        var run = await OpenAsync(facts.Version.Value ?? engine.Assumed);
        using var hooks = new Hooks(new HookCommands(settings.Hooks, settings.HookTimeout, settings.Notify), run.Id, plan, log.Tell);
        run = run with { Hooks = hooks };
        return await log.KeepAsync(update.LogDirectory, run, async () =>
        {
            await PreflightChecks.RunAsync(PreflightContext.Of(run, plan, facts) with
            {
                Provider = project.Provider,
                Describe = (ids, stop) => PendingMigrations.DescribeAsync(project, engine, ids, talk, stop),
            }, log.Object, cancellation);
            var agreed = await Consenting.ObtainAsync(plan, run.Journal, settings, consent, project, cancellation);
            await using var held = await RunLock.TakeAsync(work, run.Watch, engine, run.Id, run.Settings.LockWait, Wait, cancellation);
            await run.CheckPlanAsync(plan, cancellation);
            await run.Journal.CreateAsync(cancellation);
            await run.Journal.ReadAsync(cancellation);
            var contract = new ContractGate(work, engine, run.Journal, evidence);
            await contract.CheckAsync(plan, run.Id, unused: work.Applied.Count == 0, cancellation);
            await run.Journal.AddAsync(run.Id, agreed.Events, cancellation);
            await using var pulse = update.Watch(settings) is { } watching
                ? await Pulse.StartAsync(await Session.OpenAsync(project, connection, SessionNames.Pulse, cancellation), run, watching, cancellation) : null;
            await new Updater(run with { Lock = held, Agreed = agreed }, plan).RunAsync(await StartedAsync(plan, project, cancellation), cancellation);
            await (pulse?.FinishAsync(cancellation) ?? Task.CompletedTask);
            log.Done(gate, project.Context.Migrations.Except(await work.AppliedAsync(CancellationToken.None)).Count());
            await TellOfAsync(contract, gate, log, cancellation);
            return ExitCode.Clean;
        });

        async Task<string?> LastAsync()
        {
            var migrations = project.Context.Migrations;
            if (!update.Resume || update.To is not null || update.Until is not null)
            {
                return update.Last(migrations);
            }
            var left = InterruptedRuns.LastLeft(await Journal.OpenAsync(work, engine, cancellation), [.. migrations.Except(work.Applied)]);
            if (left is null)
            {
                log.Tell(new NothingToResume());
            }
            return left;
        }
        void Wait(Holder holder) => log.Tell(new RunWaits(holder));
        Task<RunContext> OpenAsync(EngineVersion version) => RunContext.OpenAsync(project, connection, work, engine, version, rules, log.Tell, cancellation);
    }

    private static async Task TellOfAsync(ContractGate contract, MigrationChanges? gate, RunReporter reporter, CancellationToken cancellation)
    {
        if (gate is not null && await contract.ObserveAsync([gate], cancellation) is { } seen)
        {
            reporter.Object(seen);
        }
    }

    private static async Task<RunStarted> StartedAsync(UpdatePlan plan, LoadedProject project, CancellationToken cancellation) => new(plan.Hash, [.. plan.Migrations.Select(migration => migration.Id)])
    {
        Host = Operator.Host,
        Process = Environment.ProcessId,
        ToolVersion = typeof(Program).Assembly.GetName().Version!.ToString(3),
        Commit = await project.CommitAsync(cancellation),
        Provider = project.Provider,
        Environment = plan.Target.Environment,
        User = plan.Target.User,
    };
}
