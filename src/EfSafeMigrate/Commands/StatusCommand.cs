using EfSafeMigrate.Projects;
using EfSafeMigrate.Reports;
using EfSafeMigrate.Updates;
using EfSafeMigrate.Updates.Drifts;
using McMaster.Extensions.CommandLineUtils;

namespace EfSafeMigrate.Commands;

/// <summary><c>dotnet safe-migrate status</c>: what runs on the database, and what is left of runs that ended badly.</summary>
internal static class StatusCommand
{
    public static void AddTo(CommandLineApplication app) => app.Command("status", command =>
    {
        command.Description = "Shows a running or interrupted run, and which migrations are applied, of every context or of one; changes nothing.";
        var project = new ProjectOptions(command, published: true);
        var database = new DatabaseOptions(command);
        var output = new OutputOptions(command);
        command.HelpTextGenerator = app.HelpTextGenerator;
        command.AllowArgumentSeparator = true;
        command.OnExecute(() => Program.RunAsync(output, cancellation => RunAsync(project, database, output, cancellation)));
    });

    private static async Task<int> RunAsync(ProjectOptions project, DatabaseOptions database, OutputOptions output, CancellationToken cancellation)
    {
        var talk = output.Talk();
        var connection = database.Read(talk);
        var contexts = await ReadAllAsync(project.Read(Directory.GetCurrentDirectory()), connection, talk, cancellation);
        if (output.Json)
        {
            await Console.Out.WriteLineAsync(StatusReport.Json(contexts));
        }
        else
        {
            StatusReport.Write(contexts, TimeProvider.System.GetUtcNow(), output.Console());
        }
        return contexts.Max(context => context.Failure?.Code ?? ExitCode.Clean);
    }

    private static async Task<IReadOnlyList<ContextStatus>> ReadAllAsync(ProjectRequest request, string? connection, Talk talk, CancellationToken cancellation)
    {
        try
        {
            return [(await ReadAsync(request, connection, talk, cancellation)).Status];
        }
        catch (SafeMigrateException several) when (several.Contexts.Count > 1 && request.Context is null)
        {
            List<(ContextStatus Status, IReadOnlyList<string> Migrations)> read = [];
            foreach (var context in several.Contexts)
            {
                read.Add(await TryAsync(request with { Context = context, NoBuild = request.From is null }, connection, talk, cancellation));
            }
            return [.. read.Select(each => each.Status.Beside(read.SelectMany(other => other.Migrations)))];
        }
    }

    /// <summary>One context that cannot be asked is not to hide the others.</summary>
    private static async Task<(ContextStatus Status, IReadOnlyList<string> Migrations)> TryAsync(ProjectRequest request, string? connection, Talk talk, CancellationToken cancellation)
    {
        try
        {
            return await ReadAsync(request, connection, talk, cancellation);
        }
        catch (SafeMigrateException failure)
        {
            return (new ContextStatus(ProjectErrors.Short(request.Context!)) { Failure = failure }, []);
        }
    }

    private static async Task<(ContextStatus Status, IReadOnlyList<string> Migrations)> ReadAsync(ProjectRequest request, string? connection, Talk talk, CancellationToken cancellation)
    {
        await using var live = await LiveProject.OpenAsync(request, connection, mustExist: true, talk, cancellation);
        var status = await RunStatus.ReadAsync(live.Session, live.Engine, live.Migrations, cancellation);
        return (new ContextStatus(ProjectErrors.Short(live.Project.Context.Context))
        {
            Target = live.Session.Target,
            Status = status,
            Held = status.HistoryIsKept ? []
                : await Holding.ReadAsync(live.Project, live.Session, live.Engine, await Journal.OpenAsync(live.Session, live.Engine, cancellation), cancellation),
        }, live.Migrations);
    }
}
