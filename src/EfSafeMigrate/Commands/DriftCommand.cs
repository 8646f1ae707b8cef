using EfSafeMigrate.Reports;
using EfSafeMigrate.Updates;
using EfSafeMigrate.Updates.Drifts;
using McMaster.Extensions.CommandLineUtils;

namespace EfSafeMigrate.Commands;

/// <summary><c>dotnet safe-migrate drift</c>: what other hands have done to the schema since the last applied migration.</summary>
internal static class DriftCommand
{
    public static void AddTo(CommandLineApplication app) => app.Command("drift", command =>
    {
        command.Description = "Compares the database with the last applied migration: exits with 1 when other hands have changed it; changes nothing.";
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
        await (live.Engine.HasUpdates ? EfHistory.ReadAsync(live.Session, live.Engine, cancellation) : live.Session.ReadAppliedAsync([], cancellation));
        var journal = live.Engine.HasUpdates ? await Journal.OpenAsync(live.Session, live.Engine, cancellation) : null;
        var drift = await live.Talk.During("Comparing", new DriftReader(live.Project, live.Session, live.Engine, journal).ReadAsync(cancellation));
        drift = drift with
        {
            Held = await Holding.ReadAsync(live.Project, live.Session, live.Engine, journal, cancellation),
            Apart = await ApartTables.OwnedAsync(live.Project, drift.Apart, cancellation),
        };
        if (output.Json)
        {
            await Console.Out.WriteLineAsync(DriftReport.Json(drift, live.Session.Target));
        }
        else
        {
            DriftReport.Write(drift, live.Session.Target, output.Verbose, TimeProvider.System.GetUtcNow(), output.Console());
        }
        return drift.Found.Count > 0 ? ExitCode.Findings : ExitCode.Clean;
    }
}
