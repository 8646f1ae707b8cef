using EfSafeMigrate.Protocol;
using EfSafeMigrate.Updates;
using McMaster.Extensions.CommandLineUtils;
using Spectre.Console;

namespace EfSafeMigrate.Commands;

/// <summary><c>dotnet safe-migrate adopt</c>: takes in a database that was there before the tool; its tables are not touched.</summary>
internal static class AdoptCommand
{
    public static void AddTo(CommandLineApplication app) => app.Command("adopt", command =>
    {
        command.Description = "Takes in an existing database, with EF's history or without; changes none of its tables.";
        var project = new ProjectOptions(command, published: true);
        var database = new DatabaseOptions(command);
        var to = command.Option("--to <MIGRATION>", "The newest migration whose changes the database has. Default: the newest in EF's history.", CommandOptionType.SingleValue);
        var output = new OutputOptions(command);
        command.HelpTextGenerator = app.HelpTextGenerator;
        command.AllowArgumentSeparator = true;
        command.OnExecute(() => Program.RunAsync(output, cancellation => RunAsync(project, database, to.Value(), output, cancellation)));
    });

    private static async Task<int> RunAsync(ProjectOptions projectOptions, DatabaseOptions database, string? to, OutputOptions output, CancellationToken cancellation)
    {
        await using var live = await LiveProject.ToChangeAsync(projectOptions, database, output, cancellation);
        var (migrations, session, engine) = (live.Migrations, live.Session, live.Engine);
        await EfHistory.ReadAsync(session, engine, cancellation);
        var described = await live.Talk.During("Reading migrations", live.Project.AskAsync(
            new DescribeRequest(migrations, PendingModel: false) { WithHistory = true, WithTarget = true }, ProtocolJson.Default.DescribeResult, cancellation));
        var adoption = Adoption.Of(described, migrations, session.Applied, to is null ? null : MigrationOptions.Find(migrations, to));
        await adoption.CheckAsync(session, engine, cancellation);
        await adoption.WriteAsync(session, engine, cancellation);
        var console = output.Console();
        console.WriteLine($"  {session.Target}: {adoption}");
        console.WriteLine("  → dotnet safe-migrate apply   goes on from there");
        return ExitCode.Clean;
    }
}
