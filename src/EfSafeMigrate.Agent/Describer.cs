using System.Text.Json;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Protocol;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.EntityFrameworkCore.Storage;

namespace EfSafeMigrate.Agent;

/// <summary>Migrations and pending model changes as messages: operations, the provider's commands, the schema before.</summary>
internal sealed class Describer(DbContext context)
{
    private readonly IMigrationsAssembly migrations = context.GetService<IMigrationsAssembly>();
    private readonly IMigrationsModelDiffer differ = context.GetService<IMigrationsModelDiffer>();
    private readonly IModelRuntimeInitializer initializer = context.GetService<IModelRuntimeInitializer>();
    private readonly CommandMap commands = new(context.GetService<IMigrationsSqlGenerator>());
    private readonly OperationWriter operations = new(context);
    private int built;

    public DescribeResult Describe(DescribeRequest request, CancellationToken cancellation)
    {
        var ids = migrations.Migrations.Keys.ToList();
        List<MigrationMessage> described = [];
        foreach (var id in request.Migrations)
        {
            cancellation.ThrowIfCancellationRequested();
            var previous = ids.IndexOf(id) is > 0 and var at ? ids[at - 1] : null;
            var follows = request.FirstSourcesOnly && previous is not null && described.Count > 0 && described[^1].Id == previous;
            described.Add(request.Undo ? Undoing(id, previous) : DescribeMigration(id, previous, follows, request));
        }
        return new DescribeResult(described, request.PendingModel ? DescribePendingModel(request) : null)
        {
            CreateHistory = request.WithHistory ? context.GetService<IHistoryRepository>().GetCreateIfNotExistsScript() : null,
            ModelsBuilt = built,
        };
    }

    /// <summary>The schema after each of these migrations.</summary>
    public ModelsResult Models(ModelsRequest request, CancellationToken cancellation)
    {
        List<DatabaseModel> models = [];
        foreach (var id in request.Migrations)
        {
            cancellation.ThrowIfCancellationRequested();
            models.Add(Guarded(id, () => ModelReader.Read(Built(Instantiate(id)))));
        }
        return new ModelsResult(models);
    }

    private MigrationMessage DescribeMigration(string id, string? previous, bool follows, DescribeRequest request) => Guarded(id, () =>
    {
        var migration = Instantiate(id);
        var target = LazyModel.Of(() => Built(migration));
        var source = follows ? null : previous is null ? DatabaseModel.Empty : Source(Built(Instantiate(previous)), request.WithTarget);
        return Message(id, source, migration.UpOperations, target) with
        {
            TypeName = migration.GetType().FullName,
            NoWayBack = migration.UpOperations.Count > 0 ? NoWayBack(migration) : null,
            Target = request.WithTarget ? ModelReader.Read(target) : null,
            History = request.WithHistory ? context.GetService<IHistoryRepository>().GetInsertScript(new HistoryRow(id, ProductInfo.GetVersion())) : null,
        };
    });

    /// <summary>As EF undoes it: its Down, with SQL for the model before it.</summary>
    private MigrationMessage Undoing(string id, string? previous) => Guarded(id, () =>
    {
        var migration = Instantiate(id);
        var before = previous is null ? null : Built(Instantiate(previous));
        var bare = new MigrationMessage(id, Source(Built(migration), whole: false), [], [])
        {
            DownTo = previous ?? Migration.InitialDatabase,
            History = context.GetService<IHistoryRepository>().GetDeleteScript(id),
            NoWayBack = migration.UpOperations.Count > 0 ? NoWayBack(migration) : null,
        };
        if (bare.NoWayBack is not null)
        {
            return bare;
        }
        try
        {
            var down = migration.DownOperations;
            var model = before ?? Initialize((IModel)new ModelBuilder().Model);
            return bare with { Operations = [.. down.Select(operation => JsonSerializer.SerializeToElement(operations.Write(operation, model)))], Commands = commands.Of(down, before) };
        }
#pragma warning disable CA1031 // The provider refuses what has no way back with any exception.
        catch (Exception exception)
        {
            return bare with { NoWayBack = $"the provider has no SQL for its Down: {exception.Message.TrimEnd('.')}" };
        }
#pragma warning restore CA1031
    });

    private static T Guarded<T>(string id, Func<T> read)
    {
        try
        {
            return read();
        }
#pragma warning disable CA1031 // Up() is the user's code.
        catch (Exception exception)
        {
            throw new AgentException(new Failure(
                FailureCode.Describe, $"Migration `{id}` cannot be read: {exception.Message}"), exception);
        }
#pragma warning restore CA1031
    }

    private static string? NoWayBack(Migration migration)
    {
        try
        {
            return migration.DownOperations.Count == 0 ? "its Down is empty" : null;
        }
#pragma warning disable CA1031 // Down() is the user's code.
        catch (Exception exception)
        {
            return $"its Down throws {exception.GetType().Name}";
        }
#pragma warning restore CA1031
    }

    private MigrationMessage? DescribePendingModel(DescribeRequest request)
    {
        var snapshot = request.PendingSince is { } since ? since.Length == 0 ? null : Guarded(since, () => Built(Instantiate(since)))
            : migrations.ModelSnapshot?.Model is { } model ? Initialize(model) : null;
        var code = context.GetService<IDesignTimeModel>().Model;
        var pending = differ.GetDifferences(snapshot?.GetRelationalModel(), code.GetRelationalModel());
        if (pending.Count == 0)
        {
            return null;
        }
        var source = snapshot is null ? DatabaseModel.Empty : Source(snapshot, request.WithTarget);
        try
        {
            return Message("", source, pending, code) with { Target = request.WithTarget ? ModelReader.Read(code) : null };
        }
#pragma warning disable CA1031 // The provider may refuse a difference with any exception.
        catch (Exception exception)
        {
            throw new AgentException(new Failure(
                FailureCode.Unmigratable, $"The provider has no SQL for the model changes: {exception.Message}"), exception);
        }
    }

    private MigrationMessage Message(string id, DatabaseModel? source, IReadOnlyList<MigrationOperation> up, IModel target) =>
        new(id, source, [.. up.Select(operation => JsonSerializer.SerializeToElement(operations.Write(operation, target)))], commands.Of(up, target));

    /// <param name="whole">With what only the provider knows of an index: whoever plans may have to build it again.</param>
    private DatabaseModel Source(IModel model, bool whole) =>
        ModelReader.Read(model, whole ? index => Definition(index, model) : null);

    private string? Definition(ITableIndex index, IModel model)
    {
        var sql = context.GetService<ISqlGenerationHelper>();
        var statement = commands.Of([CreateIndexOperation.CreateFrom(index)], model)[0].Sql;
        var on = $" ON {sql.DelimitIdentifier(index.Table.Name, index.Table.Schema)} ";
        return statement.IndexOf(on, StringComparison.Ordinal) is >= 0 and var at
            ? statement[(at + on.Length)..].Trim().TrimEnd(sql.StatementTerminator.ToCharArray()) : null;
    }

    private Migration Instantiate(string id) =>
        migrations.CreateMigration(migrations.Migrations[id], context.Database.ProviderName!);

    private IModel Built(Migration migration)
    {
        built++;
        return Initialize(migration.TargetModel);
    }

    private IModel Initialize(IModel model) => initializer.Initialize(model, designTime: true, validationLogger: null);
}
