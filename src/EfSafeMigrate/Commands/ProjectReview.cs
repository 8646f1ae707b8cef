using EfSafeMigrate.Changes;
using EfSafeMigrate.Documents;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Projects;
using EfSafeMigrate.Projects.Repositories;
using EfSafeMigrate.Projects.Source;
using EfSafeMigrate.Reports;
using EfSafeMigrate.Rules;
using EfSafeMigrate.Sessions;
using EfSafeMigrate.Settings;
using EfSafeMigrate.Sql;
using EfSafeMigrate.Updates;
using EfSafeMigrate.Uses;
using McMaster.Extensions.CommandLineUtils;

namespace EfSafeMigrate.Commands;

/// <summary>Judges the migrations of a project, with the facts of its database when told to connect.</summary>
internal sealed class ProjectReview(CommandLineApplication command)
{
    private readonly ProjectOptions projects = new(command);
    private readonly DatabaseOptions database = new(command);
    private readonly MigrationOptions migrations = new(command);
    private readonly ProbeOptions probes = new(command);
    private readonly CommandOption source = command.Option("--source", "Read the migrations' source: no build, no start of the application, and no look at model changes.", CommandOptionType.NoValue);

    private readonly CommandOption impact = command.Option("--impact", "Also what in the code of the solution uses the tables and columns that the changes touch, and what must change there.", CommandOptionType.NoValue);

    public MigrationOptions Migrations => migrations;

    public ProjectRequest Request => projects.Read(Directory.GetCurrentDirectory());

    /// <summary>Each migration is judged as if deployed by itself.</summary>
    public bool Apart => !migrations.Together;

    /// <summary>The code is to be looked at, too.</summary>
    public bool LooksAtCode => impact.HasValue() || NeedsCode;

    /// <summary>Nobody has to say that it is.</summary>
    public bool NeedsCode { private get; set; }

    /// <summary>As it was said, for commands that somebody repeats.</summary>
    public ToolCalls Calls => new(projects.Said, database.Said, projects.Application);

    public string? Environment => projects.Environment;

    /// <summary>Looks at the project and its database as long as they are open; not called where neither is.</summary>
    public Func<LoadedProject, Engine, Session?, CancellationToken, Task>? Look { get; init; }

    /// <param name="engine">As it was said; null where it was not.</param>
    public async Task<Review> RunAsync(FactOptions facts, Engine? engine, ReviewTerms terms, BaselineOptions baseline, OutputOptions output, CancellationToken cancellation)
    {
        migrations.Check();
        _ = baseline.Action();
        var given = facts.Read();
        if (source.HasValue() || migrations.Staged)
        {
            return await FromSourceAsync(engine, given, terms, baseline, output.Talk(), cancellation);
        }
        if (engine is not null)
        {
            throw new SafeMigrateException("--engine belongs to --sql and --source.", "leave it out: the project's provider tells the engine");
        }
        var limit = probes.Timeout;
        var talk = output.Talk();
        var connection = database.Read(talk);
        _ = Task.Run(WarmUp.Run, CancellationToken.None);
        var request = projects.Read(Directory.GetCurrentDirectory());
        using var history = await HistoryAsync(request, cancellation);
        history.RefuseConflicts();
        if (await LoadAsync(request, talk, cancellation) is not { } loaded)
        {
            return await FromSourceAsync(engine, given, terms, baseline, output.Talk(), cancellation);
        }
        await using var project = loaded;
        var session = database.Wanted || migrations.Pending
            ? await Session.OpenAsync(project, connection, EngineOf.Project(project).OpeningCreates, talk, cancellation) : null;
        var choice = await EngineOf.ChooseAsync(project, session is null ? null : session.QueryAsync, cancellation);
        engine = choice.Engine;
        await (session is null ? Task.CompletedTask : EfHistory.ReadAsync(session, engine, cancellation));
        var whole = baseline.Writes && !migrations.Given;
        var context = ProjectErrors.Short(project.Context.Context);
        var news = whole ? null : history.Choose(context, project.Context.Migrations, baseline.Read(project.Directory, project.Name, context).Holds);
        var chosen = whole ? project.Context.Migrations : news?.Ids ?? migrations.Choose(project.Context.Migrations, session?.Applied);
        var described = await talk.During("Reading migrations", project.DescribeAsync(chosen, pendingModel: true, SqlDialect.Of(engine.Id), cancellation));
        talk.Detail($"{described.ModelsBuilt} of EF's models built for {chosen.Count} migrations");
        var changes = new ChangeReader(new SourceLocations(project.Directory), SqlDialect.Of(engine.Id)).Read(described);
        given.CheckTables(changes);
        var measured = session is null ? FactSheet.Unknown : await Measuring.MeasureAsync(session, engine, changes, limit, talk, cancellation);
        var known = given.Over(terms.Over(measured, engine, apart: false).Declared(project.Context.ServerVersion));
        var trapped = SourceTraps.AddTo(
            PendingModel.Missed(changes.WithPartitions(known), migrations.Base, project.Context.EfVersion), new SourceClasses(history.Here.Tree), history.Here.Migrations, context);
        var uses = ReadsCode(terms)
            ? await CodeImpact.FindAsync(request, project, Question(changes, history.Here.Migrations.Of(context), history, engine, together: migrations.Together && !whole, terms), talk, cancellation) : null;
        var judged = Review.Judge(
            HistoryTraps.AddTo(history.AddTo(trapped, context, chosen), Gating.Find(terms.Settings.Gates, changes, uses, request)),
            migrations.Together && !whole, engine, known, terms.Advice, terms.Policy with { Known = project.Context.Migrations });
        var left = baseline.Apply(judged, project);
        await (Look?.Invoke(project, engine, session, cancellation) ?? Task.CompletedTask);
        return new Review
        {
            Project = project.Name,
            Folder = ReviewedFolder.Of(project.Directory, left.Migrations.Any(migration => migration.Findings.Any(finding => finding.Origin.File is null))
                ? SnapshotFile.Of(project.Directory, context, project.Name) : null),
            Context = context,
            EfVersion = project.Context.EfVersion,
            Provider = project.Context.Provider,
            ProviderVersion = project.Context.ProviderVersion,
            Engine = engine,
            EngineBasis = choice.Basis,
            OtherEngines = choice.Others,
            Facts = known,
            Chosen = news?.Said(PendingModel.IsIn(changes)),
            Migrations = left.Migrations,
            Baselined = left,
            CodeUses = LooksAtCode ? uses : null,
            Notes = [.. given.Version is null ? terms.Disagreements(measured, engine) : [], .. left.Note is { } note ? [note] : Array.Empty<string>()],
            FailOn = terms.FailOn,
        };
    }

    /// <returns>Null where nothing is built and nobody wants it to be: a branch is reviewed by its source then.</returns>
    private async Task<LoadedProject?> LoadAsync(ProjectRequest request, Talk talk, CancellationToken cancellation)
    {
        try
        {
            return await LoadedProject.LoadAsync(request, talk, cancellation);
        }
        catch (SafeMigrateException exception) when (exception.NotBuilt && migrations.Base is not null && !database.Wanted)
        {
            return null;
        }
    }

    private async Task<Review> FromSourceAsync(Engine? engine, GivenFacts given, ReviewTerms terms, BaselineOptions baseline, Talk talk, CancellationToken cancellation)
    {
        if (database.Wanted || migrations.Pending)
        {
            throw new SafeMigrateException(
                $"{(migrations.Staged ? "--staged" : "--source")} and {(database.Wanted ? "a connection" : "--pending")} exclude each other.", $"leave out {(migrations.Staged ? "--staged" : "--source")} to look at a database");
        }
        _ = Task.Run(WarmUp.Run, CancellationToken.None);
        var whole = baseline.Writes && !migrations.Given;
        var request = projects.Read(Directory.GetCurrentDirectory());
        using var history = await HistoryAsync(request, cancellation);
        CodeUses? uses = null;
        var review = SourceReview.Of(
            history.Here.Tree, Path.GetFileNameWithoutExtension(ProjectFinder.Find(request).Project), request.Context, engine,
            ids => whole ? ids : migrations.Choose(ids, null), new(given, migrations.Together && !whole, terms, baseline), whole ? null : history, LookAround);
        return LooksAtCode ? review with { CodeUses = uses } : review;

        IReadOnlyList<HistoryChange> LookAround(ChangeSet changes, SourceMigrations found, Engine engine)
        {
            uses = ReadsCode(terms) ? CodeImpact.Find(request, Question(changes, found, history, engine, together: migrations.Together && !whole, terms), talk) : null;
            return Gating.Find(terms.Settings.Gates, changes, uses, request);
        }
    }

    /// <summary>Somebody wants to see it, or the settings ask something of it.</summary>
    private bool ReadsCode(ReviewTerms terms) => LooksAtCode || terms.Settings.Gates.UnversionedApi != Gate.Off;

    private static ImpactQuestion Question(ChangeSet changes, SourceMigrations found, ProjectHistory history, Engine engine, bool together, ReviewTerms terms) =>
        new(changes, together, found, new SourceClasses(history.Here.Tree), engine) { Apis = terms.Settings.Gates.UnversionedApi != Gate.Off };

    private Task<ProjectHistory> HistoryAsync(ProjectRequest request, CancellationToken cancellation) => ProjectHistory.ReadAsync(
        Path.GetDirectoryName(ProjectFinder.Find(request).Project)!, migrations.History, System.Environment.GetEnvironmentVariable, cancellation);
}
