using EfSafeMigrate.Projects;
using EfSafeMigrate.Reports;
using EfSafeMigrate.Sessions;
using EfSafeMigrate.Updates;
using McMaster.Extensions.CommandLineUtils;

namespace EfSafeMigrate.Commands;

/// <summary><c>dotnet safe-migrate status</c>: what runs on the database, and what is left of runs that ended badly.</summary>
internal static class StatusCommand
{
    public static void AddTo(CommandLineApplication app) => app.Command("status", command =>
    {
        command.Description = "Shows a running or interrupted run, and which migrations are applied; changes nothing.";
        var project = new ProjectOptions(command, published: true);
        var database = new DatabaseOptions(command);
        var output = new OutputOptions(command);
        command.HelpTextGenerator = app.HelpTextGenerator;
        command.AllowArgumentSeparator = true;
        command.OnExecute(() => Program.RunAsync(output, cancellation => RunAsync(project, database, output, cancellation)));
    });

    private static async Task<int> RunAsync(ProjectOptions projectOptions, DatabaseOptions database, OutputOptions output, CancellationToken cancellation)
    {
        var talk = output.Talk();
        var connection = database.Read(talk);
        await using var project = await LoadedProject.LoadAsync(projectOptions.Read(Directory.GetCurrentDirectory()), talk, cancellation);
        var engine = EngineOf.Project(project);
        var session = await Session.OpenAsync(project, connection, talk, cancellation);
        var status = await RunStatus.ReadAsync(session, engine, project.Context.Migrations, cancellation);
        if (output.Json)
        {
            await Console.Out.WriteLineAsync(StatusReport.Json(status));
        }
        else
        {
            StatusReport.Write(status, session.Target, output.Console());
        }
        return ExitCode.Clean;
    }
}
