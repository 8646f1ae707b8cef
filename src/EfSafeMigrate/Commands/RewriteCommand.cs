using EfSafeMigrate.Changes;
using EfSafeMigrate.Plans;
using EfSafeMigrate.Projects;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Scaffolding;
using EfSafeMigrate.Sessions;
using EfSafeMigrate.Updates;
using McMaster.Extensions.CommandLineUtils;

namespace EfSafeMigrate.Commands;

/// <summary><c>dotnet safe-migrate rewrite NAME</c>: an existing migration, not applied anywhere yet, in phases; or the phases of a plan anew.</summary>
internal static class RewriteCommand
{
    public static void AddTo(CommandLineApplication app) => app.Command("rewrite", command =>
    {
        command.Description = "Replaces a migration that is not applied anywhere yet by phases; after a merge, the phases of a plan by new ones.";
        var migration = command.Argument("NAME", "The migration's name or id, or the plan's name.").IsRequired();
        var options = new PhaseCommandOptions(command);
        var database = new DatabaseOptions(command);
        command.HelpTextGenerator = app.HelpTextGenerator;
        command.AllowArgumentSeparator = true;
        command.OnExecute(() => Program.RunAsync(options.Output, cancellation => RunAsync(migration.Value!, options, database, cancellation)));
    });

    private static async Task<int> RunAsync(string wanted, PhaseCommandOptions options, DatabaseOptions database, CancellationToken cancellation)
    {
        options.Plan.Check();
        options.Tests.Check();
        var talk = options.Output.Talk();
        await using var project = await options.LoadAsync(talk, cancellation);
        var writing = new PhaseWriting(project, EngineOf.Project(project), options, talk);
        var isMigration = project.Context.Migrations.Any(known => new[] { known, MigrationChanges.NameOf(known) }.Contains(wanted, StringComparer.OrdinalIgnoreCase));
        if (!isMigration && await PlanRewriting.FindAsync(project, writing.Engine, wanted, cancellation) is { } plan)
        {
            return await RunAsync(plan, project, writing, database, talk, cancellation);
        }
        var id = MigrationOptions.Find(project.Context.Migrations, wanted);
        var change = (await DescribedChange.ReadAsync(project, writing.Engine, id, cancellation))!;
        var source = new SourceLocations(project.Directory).PathOf(id)
            ?? throw new SafeMigrateException($"The source of `{id}` was not found in the project.", "rewrite it where its source is, with --project");
        await RefuseWhatIsOut(project, [(id, source)], database, talk, cancellation);
        var scaffold = await project.AskAsync(new ScaffoldRequest($"{change.Changes.Name}Probe", null, null), ProtocolJson.Default.ScaffoldResult, cancellation);
        var ground = new Ground(id, NamespaceOf(source) ?? scaffold.Namespace, Path.GetDirectoryName(source)!, id, Snapshot: null, scaffold.References);
        var designer = Path.ChangeExtension(source, MigrationFiles.Designer);
        FileChange[] removed = [new(source, null), .. File.Exists(designer) ? [new FileChange(designer, null)] : Array.Empty<FileChange>()];
        return await writing.RunAsync(change.Changes.Name, change, ground, single: [], removed, cancellation);
    }

    /// <summary>The plan's changes once more, behind what came beside them; the snapshot is written anew, whichever side of a merge it was.</summary>
    private static async Task<int> RunAsync(PlanRewriting plan, LoadedProject project, PhaseWriting writing, DatabaseOptions database, Talk talk, CancellationToken cancellation)
    {
        await RefuseWhatIsOut(project, [.. plan.Migrations.Select(migration => migration.Id).Zip(plan.Sources)], database, talk, cancellation);
        var scaffold = await project.AskAsync(new ScaffoldRequest($"{plan.Name}Probe", null, null), ProtocolJson.Default.ScaffoldResult, cancellation);
        var held = HeldContracts.Read(plan.Folder);
        var ground = new Ground(
            MigrationFiles.Behind(plan.Since, scaffold.Id, plan.Name), NamespaceOf(plan.Sources[0]) ?? scaffold.Namespace, plan.Folder, Migration: null, scaffold.Snapshot, scaffold.References)
        {
            Since = plan.Since,
        };
        FileChange[] besides = [.. plan.Removed, .. plan.Released(held), new FileChange(scaffold.SnapshotPath, scaffold.Snapshot)];
        if (await DescribedChange.ReadAsync(project, writing.Engine, migration: null, cancellation, plan.Since) is not { } change)
        {
            talk.Say($"  Other migrations do all that {plan.Name} was for; its own go.");
            return writing.Write(plan.Name, ground.Namespace, besides, next: null);
        }
        Owed.Refuse(plan.Name, change.Changes, writing.Engine, [.. held.Where(contract => contract.Name != plan.Name)]);
        return await writing.RunAsync(plan.Name, change, ground, single: [], besides, cancellation);
    }

    /// <summary>A migration that others have is history; changing it would part their databases from the code.</summary>
    private static async Task RefuseWhatIsOut(
        LoadedProject project, IReadOnlyList<(string Id, string Source)> migrations, DatabaseOptions database, Talk talk, CancellationToken cancellation)
    {
        if (database.Wanted && await AppliedAsync(project, migrations.Select(migration => migration.Id), database, talk, cancellation) is { } applied)
        {
            throw new SafeMigrateException($"`{applied}` is applied to the database.", "add a new migration instead; an applied one must not change", ExitCode.StoppedSafely);
        }
        foreach (var (id, source) in migrations)
        {
            if (await Git.BaseBranchWithAsync(source, cancellation) is { } branch)
            {
                throw new SafeMigrateException($"`{id}` is on {branch} already.", "add a new migration instead; others may have applied this one", ExitCode.StoppedSafely);
            }
        }
        var sources = migrations.Select(migration => migration.Source).ToArray();
        if (await Git.ChangedAsync(Path.GetDirectoryName(sources[0])!, sources, cancellation) is [var changed, ..])
        {
            throw new SafeMigrateException($"`{Path.GetFileName(changed)}` has changes that are not committed.", "commit or discard them first", ExitCode.StoppedSafely);
        }
    }

    private static async Task<string?> AppliedAsync(LoadedProject project, IEnumerable<string> ids, DatabaseOptions database, Talk talk, CancellationToken cancellation)
    {
        var engine = EngineOf.Project(project);
        var session = await Session.OpenAsync(project, database.Read(talk), engine.OpeningCreates, talk, cancellation);
        await EfHistory.ReadAsync(session, engine, cancellation);
        return ids.FirstOrDefault(session.Applied.Contains);
    }

    private static string? NamespaceOf(string file) =>
        File.ReadLines(file).FirstOrDefault(line => line.StartsWith("namespace ", StringComparison.Ordinal))?["namespace ".Length..].Trim(' ', ';', '{');
}
