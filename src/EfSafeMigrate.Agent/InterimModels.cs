using System.Text.Json;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Protocol;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace EfSafeMigrate.Agent;

/// <summary>
/// The models between source and target, and what the provider's differ proposes between them.
/// Every model starts from compiled snapshot code: it has no conventions that could react to an edit, and no CLR members that could contradict one.
/// </summary>
internal sealed class InterimModels(DbContext context, DesignServices design)
{
    private readonly IMigrationsAssembly migrations = context.GetService<IMigrationsAssembly>();
    private readonly IMigrationsModelDiffer differ = context.GetService<IMigrationsModelDiffer>();
    private readonly IModelRuntimeInitializer initializer = context.GetService<IModelRuntimeInitializer>();
    private readonly CommandMap commands = new(context.GetService<IMigrationsSqlGenerator>());
    private readonly OperationWriter operations = new(context);

    public StagesResult Build(StagesRequest request, CancellationToken cancellation)
    {
        var (source, target) = Bases(request);
        var original = Initialize(source());
        // What is kept bears its old columns' names, and stands in its table under the new one.
        var untouched = Edited(source(), original, request.SourceRenames.OfType<MapTable>());
        var previous = Edited(source(), original, request.SourceRenames);
        List<StageResult> stages = [];
        foreach (var stage in request.Stages)
        {
            cancellation.ThrowIfCancellationRequested();
            var current = Edited(target(), untouched, stage.Edits);
            stages.Add(Stage(stage, request.Namespace, previous, current));
            previous = current;
        }
        var final = Initialize(target());
        var empty = !differ.HasDifferences(previous.GetRelationalModel(), final.GetRelationalModel())
            && (request.Migration is not null
                || !differ.HasDifferences(final.GetRelationalModel(), context.GetService<IDesignTimeModel>().Model.GetRelationalModel()));
        return new StagesResult(stages, empty);
    }

    private IModel Edited(IMutableModel model, IModel source, IEnumerable<ModelEdit> edits)
    {
        var editor = new ModelEditor(model, source);
        foreach (var edit in edits)
        {
            editor.Apply(edit);
        }
        return Initialize(model);
    }

    private StageResult Stage(StageMessage stage, string migrationNamespace, IModel previous, IModel current)
    {
        var up = differ.GetDifferences(previous.GetRelationalModel(), current.GetRelationalModel());
        var down = differ.GetDifferences(current.GetRelationalModel(), previous.GetRelationalModel());
        return new StageResult(
            design.Designer(migrationNamespace, context.GetType(), stage.Name, stage.Id, current),
            design.Migration(migrationNamespace, stage.Name, up, down),
            ModelReader.Read(current))
        {
            Up = [.. up.Select(operation => Propose(operation, current))],
            Down = [.. down.Select(operation => Propose(operation, previous, isUndo: true))],
        };
    }

    private ProposedOperation Propose(MigrationOperation operation, IModel model, bool isUndo = false) =>
        new(JsonSerializer.SerializeToElement(operations.Write(operation, model)), design.Code(operation), isUndo ? Undone(operation, model) : commands.Of([operation], model));

    /// <summary>What cannot be undone has no commands: a value of an enum type, for example, which the provider refuses to take out.</summary>
    private IReadOnlyList<CommandMessage> Undone(MigrationOperation operation, IModel model)
    {
        try
        {
            return commands.Of([operation], model);
        }
        catch (NotSupportedException)
        {
            return [];
        }
    }

    /// <summary>Makes a fresh, editable model at every call.</summary>
    private (Func<IMutableModel> Source, Func<IMutableModel> Target) Bases(StagesRequest request)
    {
        if (request.Migration is { } id)
        {
            var ids = migrations.Migrations.Keys.ToList();
            var at = ids.IndexOf(id);
            return (at > 0 ? () => TargetOf(ids[at - 1]) : Empty, () => TargetOf(id));
        }
        var snapshot = AssemblyResolution.Load(request.SnapshotAssembly!).GetTypes().Single(type => type.IsSubclassOf(typeof(ModelSnapshot)));
        if (request.Since is { } since)
        {
            return (since.Length == 0 ? Empty : () => TargetOf(since), () => ModelOf(snapshot));
        }
        return (migrations.ModelSnapshot is { } last ? () => ModelOf(last.GetType()) : Empty, () => ModelOf(snapshot));
    }

    private IMutableModel TargetOf(string id) =>
        (IMutableModel)migrations.CreateMigration(migrations.Migrations[id], context.Database.ProviderName!).TargetModel;

    private static IMutableModel ModelOf(Type snapshot) => (IMutableModel)((ModelSnapshot)Activator.CreateInstance(snapshot)!).Model;

    private static IMutableModel Empty() => new ModelBuilder().Model;

    private IModel Initialize(IMutableModel model) => initializer.Initialize((IModel)model, designTime: true, validationLogger: null);
}
