using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Projects;
using EfSafeMigrate.Reports;
using EfSafeMigrate.Rules;
using EfSafeMigrate.Sessions;
using EfSafeMigrate.Sql;
using EfSafeMigrate.Updates;
using McMaster.Extensions.CommandLineUtils;

namespace EfSafeMigrate.Commands;

/// <summary><c>dotnet safe-migrate review</c>: judges pending model changes and migrations; changes nothing.</summary>
internal static class ReviewCommand
{
    public static void AddTo(CommandLineApplication app) => app.Command("review", command =>
    {
        command.Description = "Judges the pending model changes and the newest migration; changes nothing.";
        var project = new ProjectOptions(command);
        var database = new DatabaseOptions(command);
        var migrations = new MigrationOptions(command);
        var output = new OutputOptions(command);
        var facts = new FactOptions(command);
        var probes = new ProbeOptions(command);
        var failOn = command.Option("--fail-on <SEVERITY>", "Exit 1 from this severity on: careful, dangerous or never. Default: dangerous.", CommandOptionType.SingleValue);
        command.HelpTextGenerator = app.HelpTextGenerator;
        command.AllowArgumentSeparator = true;
        command.OnExecute(() => Program.RunAsync(output, cancellation => RunAsync(project, database, migrations, output, facts, probes, Threshold(failOn.Value()), cancellation)));
    });

    private static async Task<int> RunAsync(
        ProjectOptions projectOptions, DatabaseOptions database, MigrationOptions migrations, OutputOptions output, FactOptions factOptions,
        ProbeOptions probes, Severity? failOn, CancellationToken cancellation)
    {
        migrations.Check();
        var given = factOptions.Read();
        var limit = probes.Timeout;
        var talk = output.Talk();
        var connection = database.Read(talk);
        _ = Task.Run(WarmUp.Run, CancellationToken.None);
        await using var project = await LoadedProject.LoadAsync(projectOptions.Read(Directory.GetCurrentDirectory()), talk, cancellation);
        var engine = EngineOf.Project(project);
        var session = database.Wanted || migrations.Pending
            ? await Session.OpenAsync(project, connection, engine.OpeningCreates, talk, cancellation) : null;
        await (session is null ? Task.CompletedTask : EfHistory.ReadAsync(session, engine, cancellation));
        var chosen = migrations.Choose(project.Context.Migrations, session?.Applied);
        var described = await talk.During("Reading migrations", project.DescribeAsync(chosen, pendingModel: true, cancellation));
        var changes = new ChangeReader(new SourceLocations(project.Directory), SqlDialect.Of(engine.Id)).Read(described);
        given.CheckTables(changes);
        var measured = session is null ? FactSheet.Unknown : await Measuring.MeasureAsync(session, engine, changes, limit, talk, cancellation);
        var facts = given.Over(measured);
        var review = new Review
        {
            Project = project.Name,
            Context = ProjectErrors.Short(project.Context.Context),
            EfVersion = project.Context.EfVersion,
            Provider = project.Context.Provider,
            ProviderVersion = project.Context.ProviderVersion,
            Engine = engine,
            Facts = facts,
            Migrations = Review.Judge(changes.WithPartitions(facts), migrations.Together, engine, facts),
            FailOn = failOn,
        };
        if (output.Json)
        {
            await Console.Out.WriteLineAsync(JsonReport.Of(review));
        }
        else
        {
            new TextReport(output.Console()).Write(review);
        }
        return review.Code;
    }

    private static Severity? Threshold(string? value) => value?.ToLowerInvariant() switch
    {
        null or "dangerous" => Severity.Dangerous,
        "careful" => Severity.Careful,
        "never" => null,
        _ => throw new SafeMigrateException($"`--fail-on {value}` is not a severity.", "use careful, dangerous or never"),
    };
}
