using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Projects;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Reports;
using EfSafeMigrate.Sessions;
using EfSafeMigrate.Settings;
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
        var project = new ProjectOptions(command, published: true);
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
        var settings = SettingsFile.Find(Directory.GetCurrentDirectory());
        var talk = output.Talk();
        var connection = database.Read(talk);
        await using var project = await LoadedProject.LoadAsync(projectOptions.Read(Directory.GetCurrentDirectory()), talk, cancellation);
        var engine = EngineOf.Project(project);
        var work = await Session.OpenAsync(project, connection, talk, cancellation);
        var target = await TargetReader.ReadAsync(work, engine, cancellation);
        var log = new RunLog(Reporter(output, talk, options.Settings.Redact), TimeProvider.System, options.Settings.Redact);
        RunReporter reporter = log;
        reporter.Head(target, engine, project.Context, work.ServerVersion);

        var (changes, gate, later) = await ChooseAsync(project, engine, work, options, talk, cancellation);
        if (changes.Migrations.Count == 0)
        {
            reporter.NothingPending(gate);
            return ExitCode.Clean;
        }
        var facts = await Measuring.MeasureAsync(work, engine, changes, probes.Timeout, talk, cancellation);
        var plan = UpdatePlan.Of(target, changes, engine, facts) with { Later = later };
        reporter.Plan(plan, gate, whole: options.PlanOnly);
        if (options.PlanOnly)
        {
            return ExitCode.Clean;
        }

        var watch = await Session.OpenAsync(project, connection, SessionNames.Watch, cancellation);
        var id = Guid.NewGuid().ToString("N")[..12];
        var journal = new Journal(work, engine);
        await journal.ReadAsync(cancellation);
        using var hooks = new Hooks(new HookCommands(settings.Hooks, settings.HookTimeout, settings.Notify), id, plan, reporter.Tell);
        var run = new RunContext(id, work, watch, engine, facts.Version.Value ?? engine.Assumed, journal, options.Settings, reporter.Tell) { Hooks = hooks };
        return await log.KeepAsync(options.LogDirectory, run, async () =>
        {
            await run.BeginAsync(cancellation);
            var preflight = PreflightContext.Of(run, plan, facts) with { Provider = Provider(project), Describe = (ids, stop) => DescribeAsync(project, engine, ids, talk, stop) };
            await PreflightChecks.RunAsync(preflight, reporter.Object, cancellation);
            await using var held = await RunLock.TakeAsync(work, watch, engine, id, options.Settings.LockWait, holder => reporter.Tell(new RunWaits(holder)), cancellation);
            await journal.CreateAsync(cancellation);
            await journal.ReadAsync(cancellation);
            await using var pulse = options.Watch(settings) is { } watching
                ? await Pulse.StartAsync(await Session.OpenAsync(project, connection, SessionNames.Pulse, cancellation), run, watching, cancellation) : null;
            await new Updater(run with { Lock = held }, plan).RunAsync(await StartedAsync(plan, project, cancellation), cancellation);
            await (pulse?.FinishAsync(cancellation) ?? Task.CompletedTask);
            reporter.Done(gate, project.Context.Migrations.Except(await work.AppliedAsync(CancellationToken.None)).Count());
            return ExitCode.Clean;
        });
    }

    private static RunReporter Reporter(OutputOptions output, Talk talk, bool redact)
    {
        if (output.Json)
        {
            return new RunJson(Console.Out, redact);
        }
        var text = new RunText(output.Console(), talk, redact);
        return output.Screen() is { } screen ? new RunLive(screen, text, redact, TimeProvider.System) : text;
    }

    private static async Task<(ChangeSet Changes, MigrationChanges? Gate, IReadOnlyList<MigrationChanges> Later)> ChooseAsync(
        LoadedProject project, Engine engine, Session session, UpdateOptions options, Talk talk, CancellationToken cancellation)
    {
        string[] pending = [.. project.Context.Migrations.Except(session.Applied)];
        var to = options.To is { } name ? MigrationOptions.Find(project.Context.Migrations, name) : null;
        if (to is not null && pending.Length > 0 && !pending.Contains(to))
        {
            throw new SafeMigrateException($"`{options.To}` is applied already.", "apply goes forwards only; `dotnet ef database update` undoes, without any of the safeguards");
        }
        var changes = await DescribeAsync(project, engine, pending, talk, cancellation);
        var (run, gate) = Horizon.Of(changes.Migrations, to, options.Until);
        return (new ChangeSet(run), gate, [.. changes.Migrations.Skip(run.Count)]);
    }

    private static async Task<ChangeSet> DescribeAsync(LoadedProject project, Engine engine, IReadOnlyList<string> ids, Talk talk, CancellationToken cancellation)
    {
        var described = await talk.During("Reading migrations", project.AskAsync(
            new DescribeRequest(ids, PendingModel: false) { WithHistory = true }, ProtocolJson.Default.DescribeResult, cancellation));
        return new ChangeReader(new SourceLocations(project.Directory), SqlDialect.Of(engine.Id)).Read(described);
    }

    private static string Provider(LoadedProject project) => $"{project.Context.Provider} {project.Context.ProviderVersion} with EF Core {project.Context.EfVersion}";

    private static async Task<RunStarted> StartedAsync(UpdatePlan plan, LoadedProject project, CancellationToken cancellation) => new(plan.Hash, [.. plan.Migrations.Select(migration => migration.Id)])
    {
        Host = Operator.Host,
        Process = Environment.ProcessId,
        ToolVersion = typeof(Program).Assembly.GetName().Version!.ToString(3),
        Commit = await project.CommitAsync(cancellation),
        Provider = Provider(project),
        Environment = plan.Target.Environment,
        User = plan.Target.User,
    };
}
