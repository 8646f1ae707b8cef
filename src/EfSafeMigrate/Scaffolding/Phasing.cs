using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Plans;
using EfSafeMigrate.Projects;
using EfSafeMigrate.Protocol;
using SqlDialect = EfSafeMigrate.Sql.SqlDialect;

namespace EfSafeMigrate.Scaffolding;

/// <summary>A plan with the files it becomes.</summary>
internal sealed record PhasedMigrations(Plan Plan, IReadOnlyList<string> Ids, IReadOnlyList<StageResult> Stages, StageResult? Final)
{
    /// <summary>Tables and columns that the model before the plan calls by another name from the start.</summary>
    public IReadOnlyList<ModelEdit> SourceRenames { get; init; } = [];
}

/// <summary>Where new migrations go and what their models start from.</summary>
/// <param name="Id">Id whose timestamp the first migration takes.</param>
/// <param name="Migration">The existing migration that is rewritten; null for pending model changes.</param>
/// <param name="Snapshot">The target model's snapshot code; null when <paramref name="Migration"/> is given.</param>
internal sealed record Ground(string Id, string Namespace, string Folder, string? Migration, string? Snapshot, IReadOnlyList<string> References)
{
    /// <summary>The migration whose model the new ones start from, empty for none at all; null for the project's snapshot.</summary>
    public string? Since { get; init; }
}

/// <summary>Lets the agent build the interim models of a draft and binds the draft to what the differ proposes.</summary>
internal static class Phasing
{
    /// <param name="hold">The last written migration gets the final model, because the contract after it is not written yet.</param>
    public static async Task<PhasedMigrations> BindAsync(LoadedProject project, Draft draft, Ground ground, bool hold, CancellationToken cancellation)
    {
        var ids = MigrationFiles.Ids(ground.Id, draft.Name, draft.Migrations.Select(migration => migration.Suffix));
        List<StageMessage> stages = [.. ids.Zip(draft.Migrations, (id, migration) => new StageMessage(id, draft.Name + migration.Suffix, migration.Edits))];
        var last = draft.Migrations.ToList().FindLastIndex(migration => migration.Kind != PhaseKind.Contract);
        if (hold && last >= 0)
        {
            stages.Add(new StageMessage(ids[last], draft.Name + draft.Migrations[last].Suffix, []));
        }
        var result = await AskAsync(project, ground, stages, draft.SourceRenames, cancellation);
        return new PhasedMigrations(draft.Bind(result), ids, [.. result.Stages.Take(ids.Count)], stages.Count > ids.Count ? result.Stages[^1] : null) { SourceRenames = draft.SourceRenames };
    }

    /// <summary>What is left to change when tables have their new names.</summary>
    public static async Task<MigrationChanges> WithoutAsync(
        LoadedProject project, MigrationChanges pending, IReadOnlyList<RenameTable> tables, Ground ground, SqlDialect dialect, CancellationToken cancellation)
    {
        var result = await AskAsync(project, ground, [new StageMessage(ground.Id, "Rest", [])], [.. tables.Select(rename => new MapTable(rename.Table, rename.NewName))], cancellation);
        var source = tables.Aggregate(pending.Source, Evolution.After);
        List<Change> changes = [];
        var model = source;
        foreach (var (operation, at) in result.Stages[0].Up.Select((operation, at) => (operation, at)))
        {
            var origin = new Origin(pending.Id, at, OperationReader.NameOf(operation.Operation));
            foreach (var change in ChangeReader.Carried(operation.Operation, operation.Commands, model, dialect))
            {
                changes.Add(change with { Origin = origin with { Emitted = change.Origin.Emitted } });
                model = model.After(change);
            }
        }
        return pending with
        {
            Source = source,
            Changes = changes,
            Commands = [.. result.Stages[0].Up.SelectMany((operation, at) => operation.Commands.Select(command => new Command(command.Sql, command.Suppressed, [at])))],
        };
    }

    private static async Task<StagesResult> AskAsync(
        LoadedProject project, Ground ground, IReadOnlyList<StageMessage> stages, IReadOnlyList<ModelEdit> sourceRenames, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("safe-migrate-").FullName;
        try
        {
            var assembly = ground.Snapshot is { } code ? SnapshotCompiler.Compile(code, ground.References, folder) : null;
            var request = new StagesRequest(ground.Migration, assembly, ground.Namespace, stages) { SourceRenames = sourceRenames, Since = ground.Since };
            var result = await project.AskAsync(request, ProtocolJson.Default.StagesResult, cancellation);
            return result.FinalDiffEmpty ? result : throw new SafeMigrateException(
                "The migrations would not end in the model as it is in code.", "use --one-shot, and report the model change that led here");
        }
        finally
        {
            Remove(folder);
        }
    }

    private static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // On Windows the agent may still hold the assembly open; temporary files are cleaned up by the system then.
        }
    }

    /// <summary>One migration with renames as decided, where EF would pair other columns.</summary>
    public static async Task<(Plan Plan, IReadOnlyList<FileChange> Files)> OneShotAsync(
        LoadedProject project, OneShot oneShot, DatabaseModel source, Ground ground, CancellationToken cancellation)
    {
        StageMessage[] stages = [.. oneShot.Stages.Select(edits => new StageMessage(ground.Id, oneShot.Name, edits))];
        var result = await AskAsync(project, ground, stages, oneShot.SourceRenames, cancellation);
        var plan = oneShot.Bind(result, source);
        return (plan, MigrationFiles.Of(ground.Folder, plan: null, [ground.Id], plan.Migrations, [result.Stages[^1]]));
    }

    /// <summary>The migrations' files, and the list of held contracts when the contract waits.</summary>
    public static IReadOnlyList<FileChange> Files(PhasedMigrations phased, Ground ground, Engine engine, bool hold)
    {
        if (!hold)
        {
            return MigrationFiles.Of(ground.Folder, phased.Plan.Name, phased.Ids, phased.Plan.Migrations, phased.Stages);
        }
        var written = phased.Plan.Migrations.Count(migration => migration.Kind != PhaseKind.Contract);
        List<StageResult> stages = [.. phased.Stages.Take(written)];
        if (phased.Final is { } final && written > 0)
        {
            stages[^1] = stages[^1] with { Designer = final.Designer };
        }
        var held = new HeldContract(
            phased.Plan.Name, written > 0 ? phased.Ids[written - 1] : phased.Plan.Base,
            [.. phased.Plan.Migrations.Skip(written).Select(migration => new HeldMigration(
                migration.Suffix, MigrationText.Body(migration.Up, migration.Mark(phased.Plan.Name)), MigrationText.Body(migration.Down), migration.Summary)
            {
                Edits = engine.RebuildsTables ? migration.Edits : null,
            })])
        {
            // A Down that copies a table makes it as the model of the migration before has it.
            Models = engine.RebuildsTables ? new(phased.Plan.Base, phased.SourceRenames) : null,
        };
        return
        [
            .. MigrationFiles.Of(ground.Folder, phased.Plan.Name, phased.Ids, [.. phased.Plan.Migrations.Take(written).Select((migration, at) => at == written - 1 ? migration.AsTheLastWritten() : migration)], stages),
            new FileChange(
                Path.Combine(ground.Folder, HeldContracts.FileName),
                HeldContracts.Text([.. HeldContracts.Read(ground.Folder).Where(other => other.Name != held.Name), held])),
        ];
    }
}
