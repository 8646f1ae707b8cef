using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Projects;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Reports;
using EfSafeMigrate.Scaffolding;
using EfSafeMigrate.Sessions;
using EfSafeMigrate.Settings;
using EfSafeMigrate.Updates;
using EfSafeMigrate.Updates.Scripts;
using McMaster.Extensions.CommandLineUtils;

namespace EfSafeMigrate.Commands;

/// <summary><c>dotnet safe-migrate script</c>: the migrations as files for the database's own client.</summary>
internal static class ScriptCommand
{
    public static void AddTo(CommandLineApplication app) => app.Command("script", command =>
    {
        command.Description = "Writes the migrations as SQL files for the database's own client: one up to each contract, one for each contract.";
        var options = new ScriptOptions(command);
        command.HelpTextGenerator = app.HelpTextGenerator;
        command.AllowArgumentSeparator = true;
        command.OnExecute(() => Program.RunAsync(options.Output, cancellation => RunAsync(options, cancellation)));
    });

    private static async Task<int> RunAsync(ScriptOptions options, CancellationToken cancellation)
    {
        options.Check();
        var talk = options.Output.Talk();
        var settings = SettingsFile.Find(Directory.GetCurrentDirectory());
        await using var project = await LoadedProject.LoadAsync(options.Project.Read(Directory.GetCurrentDirectory()), talk, cancellation);
        var known = project.Context.Migrations;
        var session = options.Database.Wanted
            ? await Session.OpenAsync(project, options.Database.Read(talk), EngineOf.Project(project).OpeningCreates, talk, cancellation) : null;
        var engine = (await EngineOf.ChooseAsync(project, session is null ? null : session.QueryAsync, cancellation)).Engine;
        var (ids, before) = session is null ? Chosen(options, known) : await PendingAsync(session, engine, known, cancellation);
        var files = ids.Count == 0 ? [] : await FilesAsync();
        FileChanges.Write(project.Directory, new ScriptFolder(options.Folder).Changes([.. files.Select(file => (file.Name, engine.Scripts.Text(file)))]));
        if (options.Output.Json)
        {
            await Console.Out.WriteLineAsync(ScriptReport.Json(project.Context.Context, engine, options.Folder, files));
        }
        else
        {
            ScriptReport.Write(options.Output.Console(), engine, Path.GetRelativePath(Directory.GetCurrentDirectory(), options.Folder), files);
        }
        return ExitCode.Clean;

        async Task<IReadOnlyList<ScriptFile>> FilesAsync()
        {
            var scripted = await ScriptedMigrations.ReadAsync(project, engine, ids, talk, cancellation);
            var run = Horizon.Of(scripted.Changes.Migrations, to: null, options.Until).Run;
            scripted = scripted with { Changes = new(run) };
            var facts = session is null ? FactSheet.Unknown : await talk.During("Reading sizes", FactReader.ReadAsync(session.QueryAsync, engine, scripted.Changes, cancellation));
            var context = project.Context.Context;
            return new ScriptWriter(engine, context[(context.LastIndexOf('.') + 1)..], scripted.History, known, before, settings.QuietPeriod).Files(scripted.Planned(engine, facts));
        }
    }

    private static (IReadOnlyList<string> Ids, IReadOnlyList<string> Before) Chosen(ScriptOptions options, IReadOnlyList<string> known)
    {
        var ids = options.Choose(known);
        return (ids, ids.Count == 0 ? [] : [.. known.TakeWhile(id => id != ids[0])]);
    }

    private static async Task<(IReadOnlyList<string> Ids, IReadOnlyList<string> Before)> PendingAsync(Session session, Engine engine, IReadOnlyList<string> known, CancellationToken cancellation)
    {
        await (engine.HasUpdates ? EfHistory.ReadAsync(session, engine, cancellation) : session.ReadAppliedAsync([], cancellation));
        return ([.. known.Except(session.Applied)], [.. known.Intersect(session.Applied)]);
    }
}
