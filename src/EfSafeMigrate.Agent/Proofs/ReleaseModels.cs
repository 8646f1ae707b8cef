using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;

namespace EfSafeMigrate.Agent.Proofs;

/// <summary>Models of releases as migrations and the snapshot keep them: every entity is a property bag, every converted value one that the database knows.</summary>
internal sealed class ReleaseModels(DbContext context)
{
    private readonly IMigrationsAssembly migrations = context.GetService<IMigrationsAssembly>();
    private readonly Dictionary<string, IModel> built = [];

    /// <param name="migration">Its id; empty for the snapshot.</param>
    public IModel Of(string migration)
    {
        if (!built.TryGetValue(migration, out var model))
        {
            var source = migration.Length > 0 ? migrations.CreateMigration(migrations.Migrations[migration], context.Database.ProviderName!).TargetModel
                : migrations.ModelSnapshot?.Model ?? throw new InvalidOperationException("The project has no model snapshot.");
            built[migration] = model = context.GetService<IModelRuntimeInitializer>().Initialize(source, designTime: true, validationLogger: null);
        }
        return model;
    }
}
