using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Plans;
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
        var project = new ProjectOptions(command);
        var database = new DatabaseOptions(command);
        var update = new UpdateOptions(command);
        var consent = new ConsentOptions(command);
        var gate = new GateOptions(command);
        var probes = new ProbeOptions(command);
        var output = new OutputOptions(command);
        command.HelpTextGenerator = app.HelpTextGenerator;
        command.AllowArgumentSeparator = true;
        command.OnExecute(() => Program.RunAsync(output, cancellation => RunAsync(project, database, update, consent, gate, probes, output, cancellation)));
    });

    private static async Task<int> RunAsync(
        ProjectOptions projectOptions, DatabaseOptions database, UpdateOptions options, ConsentOptions consentOptions, GateOptions gateOptions,
        ProbeOptions probes, OutputOptions output, CancellationToken cancellation)
    {
        options.Check();
        consentOptions.Check();
        Terminal.RefuseGuesses(projectOptions, database);
        var settings = SettingsFile.Find(Directory.GetCurrentDirectory());
        var consent = consentOptions.Read(settings);
        var evidence = gateOptions.Read(settings, consent.Reason);
        var talk = output.Talk();
        var connection = database.Read(talk);
        await using var project = await LoadedProject.LoadAsync(projectOptions.Read(Directory.GetCurrentDirectory()), talk, cancellation);
        var engine = EngineOf.Project(project);
        var work = await Session.OpenAsync(project, connection, talk, cancellation);
        var target = await TargetReader.ReadAsync(work, engine, cancellation) with { Environment = projectOptions.Environment };
        var reporter = RunReporter.Of(output.Console(), output.Json, talk, options.Settings.Redact);
        reporter.Head(target, engine, project.Context, work.ServerVersion);

        var (changes, gate) = await ChooseAsync(project, engine, work, options.To, options.Until, talk, cancellation);
        var journal = new Journal(work, engine);
        await journal.ReadAsync(cancellation);
        var contract = new ContractGate(work, engine, journal, evidence);
        if (changes.Migrations.Count == 0)
        {
            reporter.NothingPending(gate);
            await TellOfAsync(contract, gate, reporter, cancellation);
            return ExitCode.Clean;
        }
        var facts = await Measuring.MeasureAsync(work, engine, changes, probes.Timeout, talk, cancellation);
        var plan = UpdatePlan.Of(target, changes, engine, facts);
        reporter.Plan(plan, gate, whole: options.PlanOnly);
        if (options.PlanOnly)
        {
            return ExitCode.Clean;
        }

        var watch = await Session.OpenAsync(project, connection, SessionNames.Watch, cancellation);
        var id = Guid.NewGuid().ToString("N")[..12];
        var run = new RunContext(id, work, watch, engine, facts.Version.Value ?? engine.Assumed, journal, options.Settings, reporter.Tell);
        await run.BeginAsync(cancellation);
        await PreflightChecks.RunAsync(new PreflightContext(run, plan, facts), reporter.Object, cancellation);
        var agreed = await Consenting.ObtainAsync(plan, journal, settings, consent, project, cancellation);
        await using var held = await RunLock.TakeAsync(work, watch, engine, id, options.Settings.LockWait, holder => reporter.Tell(new RunWaits(holder)), cancellation);
        await journal.CreateAsync(cancellation);
        await journal.ReadAsync(cancellation);
        await contract.CheckAsync(plan, id, unused: work.Applied.Count == 0, cancellation);
        await journal.AddAsync(id, agreed);
        await new Updater(run with { Lock = held }, plan).RunAsync(await StartedAsync(plan, project, cancellation), cancellation);
        reporter.Done(gate);
        await TellOfAsync(contract, gate, reporter, cancellation);
        return ExitCode.Clean;
    }

    private static async Task TellOfAsync(ContractGate contract, MigrationChanges? gate, RunReporter reporter, CancellationToken cancellation)
    {
        if (gate is not null && await contract.ObserveAsync([gate], cancellation) is { } seen)
        {
            reporter.Object(seen);
        }
    }

    /// <summary>What a run applies, and the migration in whose front it stops.</summary>
    public static async Task<(ChangeSet Changes, MigrationChanges? Gate)> ChooseAsync(
        LoadedProject project, Engine engine, Session session, string? name, PhaseKind? until, Talk talk, CancellationToken cancellation)
    {
        string[] pending = [.. project.Context.Migrations.Except(session.Applied)];
        var to = name is null ? null : MigrationOptions.Find(project.Context.Migrations, name);
        if (to is not null && pending.Length > 0 && !pending.Contains(to))
        {
            throw new SafeMigrateException($"`{name}` is applied already.", "apply goes forwards only; `dotnet ef database update` undoes, without any of the safeguards");
        }
        var described = await talk.During("Reading migrations", project.AskAsync(
            new DescribeRequest(pending, PendingModel: false) { WithHistory = true }, ProtocolJson.Default.DescribeResult, cancellation));
        var changes = new ChangeReader(new SourceLocations(project.Directory), SqlDialect.Of(engine.Id)).Read(described);
        var (run, gate) = Horizon.Of(changes.Migrations, to, until);
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
