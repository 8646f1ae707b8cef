using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;

namespace EfSafeMigrate.Agent;

/// <summary>
/// Tells when the snapshot has fallen behind the migrations, as after a merge that took the wrong side. A snapshot that merely differs
/// from the newest migration's model is no sign: two branches that were merged well leave one too.
/// </summary>
internal sealed class SnapshotAge(DbContext context)
{
    private readonly IMigrationsAssembly migrations = context.GetService<IMigrationsAssembly>();
    private readonly IMigrationsModelDiffer differ = context.GetService<IMigrationsModelDiffer>();
    private readonly IModelRuntimeInitializer initializer = context.GetService<IModelRuntimeInitializer>();

    /// <returns>Id of the older migration whose model the snapshot has, empty when it is that of no migration at all; null when it is up to date.</returns>
    public string? BehindAt()
    {
        var ids = migrations.Migrations.Keys.ToList();
        if (ids.Count == 0)
        {
            return null;
        }
        if (migrations.ModelSnapshot?.Model is not { } model)
        {
            return "";
        }
        var snapshot = initializer.Initialize(model, designTime: true, validationLogger: null).GetRelationalModel();
        return Is(ids[^1], snapshot) ? null : ids.SkipLast(1).Reverse().FirstOrDefault(id => Is(id, snapshot));
    }

    private bool Is(string id, IRelationalModel snapshot)
    {
        var target = migrations.CreateMigration(migrations.Migrations[id], context.Database.ProviderName!).TargetModel;
        return !differ.HasDifferences(initializer.Initialize(target, designTime: true, validationLogger: null).GetRelationalModel(), snapshot);
    }
}
