using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Projects;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Reports;
using EfSafeMigrate.Sessions;
using EfSafeMigrate.Sql;
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
        var project = new ProjectOptions(command);
        var database = new DatabaseOptions(command);
        var update = new UpdateOptions(command);
        var probes = new ProbeOptions(command);
        var output = new OutputOptions(command);
        command.HelpTextGenerator = app.HelpTextGenerator;
        command.AllowArgumentSeparator = true;
        command.OnExecute(() => Program.RunAsync(output, cancellation => RunAsync(project, database, update, probes, output, cancellation)));
    });

    private static async Task<int> RunAsync(
        ProjectOptions projectOptions, DatabaseOptions database, UpdateOptions options, ProbeOptions probes, OutputOptions output, CancellationToken cancellation)
    {
        options.Check();
        var talk = output.Talk();
        var connection = database.Read(talk);
        await using var project = await LoadedProject.LoadAsync(projectOptions.Read(Directory.GetCurrentDirectory()), talk, cancellation);
        var engine = EngineOf.Project(project);
        var work = await Session.OpenAsync(project, connection, talk, cancellation);
        var target = await TargetReader.ReadAsync(work, engine, cancellation);
        var reporter = RunReporter.Of(output.Console(), output.Json, talk, options.Settings.Redact);
        reporter.Head(target, engine, project.Context, work.ServerVersion);

        var (changes, gate) = await ChooseAsync(project, engine, work, options, talk, cancellation);
        if (changes.Migrations.Count == 0)
        {
            await InterruptedRuns.CloseAsync(() => BeginAsync(engine.Assumed), work, engine, cancellation);
            reporter.NothingPending(gate);
            return ExitCode.Clean;
        }
        var facts = await Measuring.MeasureAsync(work, engine, changes, probes.Timeout, talk, cancellation);
        var plan = UpdatePlan.Of(target, changes, engine, facts);
        reporter.Plan(plan, gate, whole: options.PlanOnly);
        if (options.PlanOnly)
        {
            return ExitCode.Clean;
        }

        var run = await BeginAsync(facts.Version.Value ?? engine.Assumed);
        var (watch, id, journal) = (run.Watch, run.Id, run.Journal);
        await PreflightChecks.RunAsync(new PreflightContext(run, plan, facts), reporter.Object, cancellation);
        await using var held = await RunLock.TakeAsync(work, watch, engine, id, options.Settings.LockWait, holder => reporter.Tell(new RunWaits(holder)), cancellation);
        await run.CheckPlanAsync(plan, cancellation);
        await journal.CreateAsync(cancellation);
        await journal.ReadAsync(cancellation);
        await new Updater(run with { Lock = held }, plan).RunAsync(await StartedAsync(plan, project, cancellation), cancellation);
        reporter.Done(gate);
        return ExitCode.Clean;

        Task<RunContext> BeginAsync(EngineVersion version) => RunContext.OpenAsync(project, connection, work, engine, version, options.Settings, reporter.Tell, cancellation);
    }

    private static async Task<(ChangeSet Changes, MigrationChanges? Gate)> ChooseAsync(
        LoadedProject project, Engine engine, Session session, UpdateOptions options, Talk talk, CancellationToken cancellation)
    {
        string[] pending = [.. project.Context.Migrations.Except(session.Applied)];
        var to = options.To is { } name ? MigrationOptions.Find(project.Context.Migrations, name) : null;
        if (to is not null && pending.Length > 0 && !pending.Contains(to))
        {
            throw new SafeMigrateException($"`{options.To}` is applied already.", "apply goes forwards only; `dotnet ef database update` undoes, without any of the safeguards");
        }
        var described = await talk.During("Reading migrations", project.AskAsync(
            new DescribeRequest(pending, PendingModel: false) { WithHistory = true }, ProtocolJson.Default.DescribeResult, cancellation));
        var changes = new ChangeReader(new SourceLocations(project.Directory), SqlDialect.Of(engine.Id)).Read(described);
        var (run, gate) = Horizon.Of(changes.Migrations, to, options.Until);
        return (new ChangeSet(run), gate);
    }

    private static async Task<RunStarted> StartedAsync(UpdatePlan plan, LoadedProject project, CancellationToken cancellation) => new(plan.Hash, [.. plan.Migrations.Select(migration => migration.Id)])
    {
        Host = Operator.Host,
        Process = Environment.ProcessId,
        ToolVersion = typeof(Program).Assembly.GetName().Version!.ToString(3),
        Commit = await Git.CommitAsync(project.Directory, cancellation),
        Environment = plan.Target.Environment,
        User = plan.Target.User,
    };
}
