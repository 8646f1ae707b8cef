using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Projects;
using EfSafeMigrate.Projects.Source;
using EfSafeMigrate.Reports;
using EfSafeMigrate.Rules;
using EfSafeMigrate.Sessions;
using EfSafeMigrate.Sql;
using EfSafeMigrate.Updates;
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

    /// <summary>Each migration is judged as if deployed by itself.</summary>
    public bool Apart => !migrations.Together;

    /// <param name="engine">As it was said; null where it was not.</param>
    public async Task<Review> RunAsync(FactOptions facts, Engine? engine, ReviewTerms terms, BaselineOptions baseline, OutputOptions output, CancellationToken cancellation)
    {
        migrations.Check();
        _ = baseline.Action();
        var given = facts.Read();
        if (source.HasValue())
        {
            return FromSource(engine, given, terms, baseline);
        }
        if (engine is not null)
        {
            throw new SafeMigrateException("--engine belongs to --sql and --source.", "leave it out: the project's provider tells the engine");
        }
        var limit = probes.Timeout;
        var talk = output.Talk();
        var connection = database.Read(talk);
        _ = Task.Run(WarmUp.Run, CancellationToken.None);
        await using var project = await LoadedProject.LoadAsync(projects.Read(Directory.GetCurrentDirectory()), talk, cancellation);
        var session = database.Wanted || migrations.Pending
            ? await Session.OpenAsync(project, connection, EngineOf.Project(project).OpeningCreates, talk, cancellation) : null;
        var choice = await EngineOf.ChooseAsync(project, session is null ? null : session.QueryAsync, cancellation);
        engine = choice.Engine;
        await (session is null ? Task.CompletedTask : EfHistory.ReadAsync(session, engine, cancellation));
        var whole = baseline.Writes && !migrations.Given;
        var chosen = whole ? project.Context.Migrations : migrations.Choose(project.Context.Migrations, session?.Applied);
        var described = await talk.During("Reading migrations", project.DescribeAsync(chosen, pendingModel: true, SqlDialect.Of(engine.Id), cancellation));
        talk.Detail($"{described.ModelsBuilt} of EF's models built for {chosen.Count} migrations");
        var changes = new ChangeReader(new SourceLocations(project.Directory), SqlDialect.Of(engine.Id)).Read(described);
        given.CheckTables(changes);
        var measured = session is null ? FactSheet.Unknown : await Measuring.MeasureAsync(session, engine, changes, limit, talk, cancellation);
        var known = given.Over(terms.Over(measured, engine, apart: false).Declared(project.Context.ServerVersion));
        var judged = Review.Judge(
            SourceTraps.AddTo(changes.WithPartitions(known), project), migrations.Together && !whole, engine, known, terms.Advice, terms.Policy with { Known = project.Context.Migrations });
        var left = baseline.Apply(judged, project);
        return new Review
        {
            Project = project.Name,
            Folder = ReviewedFolder.Of(project.Directory, left.Migrations.Any(migration => migration.Findings.Any(finding => finding.Origin.File is null))
                ? SnapshotFile.Of(project.Directory, ProjectErrors.Short(project.Context.Context), project.Name) : null),
            Context = ProjectErrors.Short(project.Context.Context),
            EfVersion = project.Context.EfVersion,
            Provider = project.Context.Provider,
            ProviderVersion = project.Context.ProviderVersion,
            Engine = engine,
            EngineBasis = choice.Basis,
            OtherEngines = choice.Others,
            Facts = known,
            Migrations = left.Migrations,
            Baselined = left,
            Notes = [.. given.Version is null ? terms.Disagreements(measured, engine) : [], .. left.Note is { } note ? [note] : Array.Empty<string>()],
            FailOn = terms.FailOn,
        };
    }

    private Review FromSource(Engine? engine, GivenFacts given, ReviewTerms terms, BaselineOptions baseline)
    {
        if (database.Wanted || migrations.Pending)
        {
            throw new SafeMigrateException($"--source and {(database.Wanted ? "a connection" : "--pending")} exclude each other.", "leave out --source to look at a database");
        }
        var whole = baseline.Writes && !migrations.Given;
        var request = projects.Read(Directory.GetCurrentDirectory());
        var (project, _) = ProjectFinder.Find(request);
        return SourceReview.Of(
            SourceTree.InFolder(Path.GetDirectoryName(project)!), Path.GetFileNameWithoutExtension(project), request.Context, engine,
            ids => whole ? ids : migrations.Choose(ids, null), new(given, migrations.Together && !whole, terms, baseline));
    }
}
