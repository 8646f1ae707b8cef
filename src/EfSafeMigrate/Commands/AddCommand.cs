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
        var talk = options.Output.Talk();
        await using var project = await options.LoadAsync(talk, cancellation);
        var writing = new PhaseWriting(project, EngineOf.Project(project), options, talk);
        var scaffold = await project.AskAsync(new ScaffoldRequest(name, directory, nameSpace), ProtocolJson.Default.ScaffoldResult, cancellation);
        var change = await DescribedChange.ReadAsync(project, writing.Engine, migration: null, cancellation);
        var folder = Path.GetDirectoryName(scaffold.MigrationPath)!;
        var ground = new Ground(scaffold.Id, scaffold.Namespace, folder, Migration: null, scaffold.Snapshot, scaffold.References);
        return change is null
            ? writing.Write(name, MigrationFiles.Of(scaffold), "The model has no changes; the migration is empty.")
            : await writing.RunAsync(name, change, ground, MigrationFiles.Of(scaffold), [new FileChange(scaffold.SnapshotPath, scaffold.Snapshot)], cancellation);
    }
}
