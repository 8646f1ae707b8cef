using EfSafeMigrate.Projects;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Sessions;
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
        Terminal.RefuseGuesses(projectOptions, database);
        var talk = output.Talk();
        var connection = database.Read(talk);
        await using var project = await LoadedProject.LoadAsync(projectOptions.Read(Directory.GetCurrentDirectory()), talk, cancellation);
        var engine = EngineOf.Project(project);
        var work = await Session.OpenAsync(project, connection, talk, cancellation);
        await EfHistory.ReadAsync(work, engine, cancellation);
        var described = await talk.During("Reading migrations", project.AskAsync(
            new DescribeRequest(project.Context.Migrations, PendingModel: false) { WithHistory = true, WithTarget = true }, ProtocolJson.Default.DescribeResult, cancellation));
        var adoption = Adoption.Of(described, project.Context.Migrations, work.Applied, to is null ? null : MigrationOptions.Find(project.Context.Migrations, to));
        await adoption.CheckAsync(work, engine, cancellation);
        await adoption.WriteAsync(work, engine, cancellation);
        var console = output.Console();
        console.WriteLine($"  {work.Target}: {adoption}");
        console.WriteLine("  → dotnet safe-migrate apply   goes on from there");
        return ExitCode.Clean;
    }
}
