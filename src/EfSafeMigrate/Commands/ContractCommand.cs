using System.Globalization;
using EfSafeMigrate.Plans;
using EfSafeMigrate.Projects;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Scaffolding;
using McMaster.Extensions.CommandLineUtils;

namespace EfSafeMigrate.Commands;

/// <summary><c>dotnet safe-migrate contract NAME</c>: writes a contract that was held back.</summary>
internal static class ContractCommand
{
    public static void AddTo(CommandLineApplication app) => app.Command("contract", command =>
    {
        command.Description = "Writes a contract that was held back, now that the old release is gone.";
        var name = command.Argument("NAME", "The plan's name.").IsRequired();
        var options = new PhaseCommandOptions(command);
        command.HelpTextGenerator = app.HelpTextGenerator;
        command.AllowArgumentSeparator = true;
        command.OnExecute(() => Program.RunAsync(options.Output, cancellation => RunAsync(name.Value!, options, cancellation)));
    });

    private static async Task<int> RunAsync(string name, PhaseCommandOptions options, CancellationToken cancellation)
    {
        if (options.Plan.File is not null)
        {
            throw new SafeMigrateException("--plan-file is for add and rewrite: a contract was planned with its plan.", "leave it out");
        }
        options.Tests.Check();
        var talk = options.Output.Talk();
        await using var project = await options.LoadAsync(talk, cancellation);
        var writing = new PhaseWriting(project, EngineOf.Project(project), options, talk);
        // EF's own text of an empty migration tells where files go and what the snapshot is now.
        var scaffold = await project.AskAsync(new ScaffoldRequest($"{name}Probe", null, null), ProtocolJson.Default.ScaffoldResult, cancellation);
        var folder = Path.GetDirectoryName(scaffold.MigrationPath)!;
        var held = HeldContracts.Read(folder);
        var contract = held.FirstOrDefault(each => string.Equals(each.Name, name, StringComparison.OrdinalIgnoreCase))
            ?? throw new SafeMigrateException($"No contract `{name}` is held.", held.Count == 0 ? "there is none at all" : $"held are {string.Join(", ", held.Select(each => each.Name))}");
        if (await DescribedChange.ReadAsync(project, writing.Engine, migration: null, cancellation) is not null)
        {
            throw new SafeMigrateException("The model has changes without a migration.", "add a migration for them first, then write the contract");
        }
        var ids = MigrationFiles.Ids(scaffold.Id, contract.Name, contract.Migrations.Select(migration => migration.Suffix));
        var stages = await StagesAsync(project, scaffold, contract, ids, cancellation);
        List<FileChange> files = [];
        foreach (var (migration, id, stage) in contract.Migrations.Zip(ids, stages))
        {
            files.Add(new FileChange(Path.Combine(folder, id + ".cs"), MigrationText.WithBodies(stage.Skeleton, migration.Up, migration.Down)));
            files.Add(new FileChange(Path.Combine(folder, id + MigrationFiles.Designer), stage.Designer));
        }
        var left = held.Where(each => each != contract).ToArray();
        files.Add(new FileChange(Path.Combine(folder, HeldContracts.FileName), left.Length == 0 ? null : HeldContracts.Text(left)));
        return writing.Write(contract.Name, scaffold.Namespace, files, null, contract.Until);
    }

    /// <summary>The contract changes no model: every migration of it has the snapshot's, but where a model says what a Down makes.</summary>
    private static async Task<IReadOnlyList<StageResult>> StagesAsync(
        LoadedProject project, ScaffoldResult scaffold, HeldContract contract, IReadOnlyList<string> ids, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("safe-migrate-").FullName;
        try
        {
            var assembly = SnapshotCompiler.Compile(scaffold.Snapshot, scaffold.References, folder);
            var stages = ids.Zip(contract.Migrations, (id, migration) => new StageMessage(id, contract.Name + migration.Suffix, migration.Edits ?? [])).ToArray();
            var result = await project.AskAsync(new StagesRequest(null, assembly, scaffold.Namespace, stages) { Since = contract.Models?.Since, SourceRenames = contract.Models?.SourceRenames ?? [] }, ProtocolJson.Default.StagesResult, cancellation);
            return result.Stages;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
