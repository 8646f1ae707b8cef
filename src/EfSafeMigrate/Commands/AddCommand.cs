using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Plans;
using EfSafeMigrate.Projects;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Scaffolding;
using McMaster.Extensions.CommandLineUtils;

namespace EfSafeMigrate.Commands;

/// <summary><c>dotnet safe-migrate add NAME</c>: the model changes as migrations that can be deployed while the old release runs.</summary>
internal static class AddCommand
{
    public static void AddTo(CommandLineApplication app) => app.Command("add", command =>
    {
        command.Description = "Adds migrations for the model changes, in phases where a single one would stop the running release.";
        var name = command.Argument("NAME", "The migration's name.").IsRequired();
        var options = new PhaseCommandOptions(command);
        var directory = command.Option("-o|--output-dir <PATH>", "Folder for the files, relative to the project.", CommandOptionType.SingleValue);
        var nameSpace = command.Option("-n|--namespace <NAMESPACE>", "Namespace of the classes.", CommandOptionType.SingleValue);
        command.HelpTextGenerator = app.HelpTextGenerator;
        command.AllowArgumentSeparator = true;
        command.OnExecute(() => Program.RunAsync(options.Output, cancellation => RunAsync(name.Value!, directory.Value(), nameSpace.Value(), options, cancellation)));
    });

    private static async Task<int> RunAsync(string name, string? directory, string? nameSpace, PhaseCommandOptions options, CancellationToken cancellation)
    {
        options.Plan.Check();
        options.Tests.Check();
        var talk = options.Output.Talk();
        await using var project = await options.LoadAsync(talk, cancellation);
        var writing = new PhaseWriting(project, EngineOf.Project(project), options, talk);
        var scaffold = await project.AskAsync(new ScaffoldRequest(name, directory, nameSpace), ProtocolJson.Default.ScaffoldResult, cancellation);
        RefuseOldSnapshot(scaffold, project.Context.Migrations);
        var held = HeldContracts.Read(Path.GetDirectoryName(scaffold.MigrationPath)!);
        var change = await DescribedChange.ReadAsync(project, writing.Engine, migration: null, cancellation);
        var folder = Path.GetDirectoryName(scaffold.MigrationPath)!;
        var ground = new Ground(MigrationFiles.Behind(project.Context.Migrations is [.., var latest] ? latest : "", scaffold.Id, name), scaffold.Namespace, folder, Migration: null, scaffold.Snapshot, scaffold.References);
        if (change is not null)
        {
            Owed.Refuse(name, change.Changes, writing.Engine, held);
        }
        foreach (var contract in held)
        {
            talk.Say($"  The contract of {contract.Name} is still held; when the old release is gone: dotnet safe-migrate contract {contract.Name}");
        }
        return change is null
            ? writing.Write(name, ground.Namespace, MigrationFiles.Of(scaffold), "The model has no changes; the migration is empty.")
            : await writing.RunAsync(name, change, ground, MigrationFiles.Of(scaffold), [new FileChange(scaffold.SnapshotPath, scaffold.Snapshot)], cancellation);
    }

    /// <summary>What the newer migrations hold would be added a second time.</summary>
    private static void RefuseOldSnapshot(ScaffoldResult scaffold, IReadOnlyList<string> migrations)
    {
        if (scaffold.SnapshotBehindAt is { } at)
        {
            throw new SafeMigrateException(
                at.Length == 0
                    ? $"There are migrations up to `{migrations[^1]}` but no snapshot of the model."
                    : $"The snapshot of the model stands at `{at}`, and `{migrations[^1]}` is newer.",
                $"restore `{Path.GetFileName(scaffold.SnapshotPath)}` from version control, or remove the newer migrations and add them again");
        }
    }
}
