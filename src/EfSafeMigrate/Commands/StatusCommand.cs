using EfSafeMigrate.Reports;
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
        await using var live = await LiveProject.OpenAsync(projectOptions, database, output, cancellation);
        var status = await RunStatus.ReadAsync(live.Session, live.Engine, live.Migrations, cancellation);
        if (output.Json)
        {
            await Console.Out.WriteLineAsync(StatusReport.Json(status));
        }
        else
        {
            StatusReport.Write(status, live.Session.Target, output.Console());
        }
        return ExitCode.Clean;
    }
}
