using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Projects;
using EfSafeMigrate.Projects.Repositories;
using EfSafeMigrate.Reports;
using EfSafeMigrate.Sessions;
using EfSafeMigrate.Sql;
using EfSafeMigrate.Updates;
using EfSafeMigrate.Updates.Histories;
using McMaster.Extensions.CommandLineUtils;

namespace EfSafeMigrate.Commands;

/// <summary><c>dotnet safe-migrate history TABLE[.COLUMN]</c>: which migrations touched it, who wrote them and when a database got them.</summary>
internal static class HistoryCommand
{
    public static void AddTo(CommandLineApplication app) => app.Command("history", command =>
    {
        command.Description = "Tells every migration that touched a table or a column, who committed it, and with a connection when it was applied; changes nothing.";
        var asked = command.Argument("TABLE[.COLUMN]", "The table or column, with its schema where that is needed; an earlier name will do.").IsRequired();
        var project = new ProjectOptions(command);
        var database = new DatabaseOptions(command);
        var output = new OutputOptions(command);
        command.HelpTextGenerator = app.HelpTextGenerator;
        command.AllowArgumentSeparator = true;
        command.OnExecute(() => Program.RunAsync(output, cancellation => RunAsync(asked.Value!, project, database, output, cancellation)));
    });

    private static async Task<int> RunAsync(string asked, ProjectOptions options, DatabaseOptions database, OutputOptions output, CancellationToken cancellation)
    {
        var talk = output.Talk();
        var connection = database.Read(talk);
        await using var project = await LoadedProject.LoadAsync(options.Read(Directory.GetCurrentDirectory()), talk, cancellation);
        var engine = EngineOf.Project(project);
        var dialect = SqlDialect.Of(engine.Id);
        var described = await talk.During("Reading migrations", project.DescribeAsync(project.Context.Migrations, pendingModel: true, dialect, cancellation));
        var changes = new ChangeReader(new SourceLocations(project.Directory), dialect).Read(described);
        var history = new History(project.Name, ProjectErrors.Short(project.Context.Context), Trail.Of(changes, asked));
        history = await WithOriginsAsync(history, project.Directory, cancellation);
        history = database.Wanted ? await WithArrivalsAsync(history, project, engine, connection, talk, cancellation) : history;
        if (output.Json)
        {
            await Console.Out.WriteLineAsync(HistoryReport.Json(history));
        }
        else
        {
            new HistoryReport(history, output.Console()).Write();
        }
        return ExitCode.Clean;
    }

    private static async Task<History> WithOriginsAsync(History history, string folder, CancellationToken cancellation)
    {
        try
        {
            using var repository = await Repository.FindAsync(folder, Environment.GetEnvironmentVariable, cancellation);
            string[] files = [.. history.Trail.Steps.Select(History.FileOf).OfType<string>().Distinct()];
            return repository is null ? history with { Silent = "The project is in no git repository: nobody knows who wrote the migrations." }
                : history with { Origins = await FileOrigins.ReadAsync(repository, folder, files, cancellation) };
        }
        catch (SafeMigrateException exception)
        {
            return history with { Silent = $"Git does not tell who wrote the migrations: {exception.Message.TrimEnd('.')}; {exception.Next}." };
        }
    }

    private static async Task<History> WithArrivalsAsync(History history, LoadedProject project, Engine engine, string? connection, Talk talk, CancellationToken cancellation)
    {
        var session = await Session.OpenAsync(project, connection, engine.OpeningCreates, talk, cancellation);
        await (engine.HasUpdates ? EfHistory.ReadAsync(session, engine, cancellation) : session.ReadAppliedAsync([], cancellation));
        var journal = engine.HasUpdates ? await Journal.OpenAsync(session, engine, cancellation) : null;
        return history with
        {
            Target = session.Target,
            LacksJournal = journal is not { Exists: true },
            Arrivals = history.Trail.Steps.Select(step => step.Migration).Where(migration => !migration.IsPendingModel).Select(migration => migration.Id).Distinct()
                .ToDictionary(id => id, id => Arrival.Of(id, journal?.Entries ?? [], session.Applied)),
        };
    }
}
