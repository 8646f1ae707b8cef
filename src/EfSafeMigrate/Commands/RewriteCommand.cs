using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Projects;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Scaffolding;
using EfSafeMigrate.Sessions;
using EfSafeMigrate.Updates;
using McMaster.Extensions.CommandLineUtils;

namespace EfSafeMigrate.Commands;

/// <summary><c>dotnet safe-migrate rewrite MIGRATION</c>: an existing migration, not applied anywhere yet, in phases.</summary>
internal static class RewriteCommand
{
    public static void AddTo(CommandLineApplication app) => app.Command("rewrite", command =>
    {
        command.Description = "Replaces a migration that is not applied anywhere yet by phases.";
        var migration = command.Argument("MIGRATION", "Its name or id.").IsRequired();
        var options = new PhaseCommandOptions(command);
        var database = new DatabaseOptions(command);
        command.HelpTextGenerator = app.HelpTextGenerator;
        command.AllowArgumentSeparator = true;
        command.OnExecute(() => Program.RunAsync(options.Output, cancellation => RunAsync(migration.Value!, options, database, cancellation)));
    });

    private static async Task<int> RunAsync(string wanted, PhaseCommandOptions options, DatabaseOptions database, CancellationToken cancellation)
    {
        options.Plan.Check();
        var talk = options.Output.Talk();
        await using var project = await options.LoadAsync(talk, cancellation);
        var writing = new PhaseWriting(project, EngineOf.Project(project), options, talk);
        var id = MigrationOptions.Find(project.Context.Migrations, wanted);
        var change = (await DescribedChange.ReadAsync(project, writing.Engine, id, cancellation))!;
        var source = new SourceLocations(project.Directory).PathOf(id)
            ?? throw new SafeMigrateException($"The source of `{id}` was not found in the project.", "rewrite it where its source is, with --project");
        await RefuseWhatIsOut(project, id, source, database, talk, cancellation);
        var scaffold = await project.AskAsync(new ScaffoldRequest($"{change.Changes.Name}Probe", null, null), ProtocolJson.Default.ScaffoldResult, cancellation);
        var ground = new Ground(id, NamespaceOf(source) ?? scaffold.Namespace, Path.GetDirectoryName(source)!, id, Snapshot: null, scaffold.References);
        var designer = Path.ChangeExtension(source, ".Designer.cs");
        FileChange[] removed = [new(source, null), .. File.Exists(designer) ? [new FileChange(designer, null)] : Array.Empty<FileChange>()];
        return await writing.RunAsync(change.Changes.Name, change, ground, single: [], removed, cancellation);
    }

    /// <summary>A migration that others have is history; changing it would part their databases from the code.</summary>
    private static async Task RefuseWhatIsOut(
        LoadedProject project, string id, string source, DatabaseOptions database, Talk talk, CancellationToken cancellation)
    {
        if (database.Wanted && await IsAppliedAsync(project, id, database, talk, cancellation))
        {
            throw new SafeMigrateException($"`{id}` is applied to the database.", "add a new migration instead; an applied one must not change", ExitCode.StoppedSafely);
        }
        if (await Git.BaseBranchWithAsync(source, cancellation) is { } branch)
        {
            throw new SafeMigrateException($"`{id}` is on {branch} already.", "add a new migration instead; others may have applied this one", ExitCode.StoppedSafely);
        }
        if (await Git.ChangedAsync(Path.GetDirectoryName(source)!, [source], cancellation) is { Count: > 0 })
        {
            throw new SafeMigrateException($"`{Path.GetFileName(source)}` has changes that are not committed.", "commit or discard them first", ExitCode.StoppedSafely);
        }
    }

    private static async Task<bool> IsAppliedAsync(LoadedProject project, string id, DatabaseOptions database, Talk talk, CancellationToken cancellation)
    {
        var engine = EngineOf.Project(project);
        var session = await Session.OpenAsync(project, database.Read(talk), engine.OpeningCreates, talk, cancellation);
        await EfHistory.ReadAsync(session, engine, cancellation);
        return session.Applied.Contains(id);
    }

    private static string? NamespaceOf(string file) =>
        File.ReadLines(file).FirstOrDefault(line => line.StartsWith("namespace ", StringComparison.Ordinal))?["namespace ".Length..].Trim(' ', ';', '{');
}
