using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace EfSafeMigrate.Agent.Proofs;

/// <summary>
/// Contexts of a release: the user's provider and options, and a model of migrations instead of the one in code. Without the application's
/// interceptors, which expect its classes; all work on one connection, in one transaction.
/// </summary>
internal sealed class ReleaseContexts(DbContext context, DbTransaction transaction)
{
    private const int Seconds = 30;

    public DbTransaction Transaction => transaction;

    public async Task<DbContext> OpenAsync(IModel model, CancellationToken cancellation)
    {
        var opened = new DbContext(Options(model));
        try
        {
            opened.Database.SetDbConnection(transaction.Connection!);
            opened.Database.SetCommandTimeout(Seconds);
            // Each deed has a savepoint, whether it saves or reads.
            opened.Database.AutoSavepointsEnabled = false;
            await opened.Database.UseTransactionAsync(transaction, cancellation);
            return opened;
        }
        catch
        {
            await opened.DisposeAsync();
            throw;
        }
    }

    private DbContextOptions Options(IModel model)
    {
        var extensions = context.GetService<IDbContextOptions>().Extensions.ToDictionary(extension => extension.GetType());
        var core = new CoreOptionsExtension().WithModel(model);
        foreach (var ((service, implementation), other) in extensions.Values.OfType<CoreOptionsExtension>().FirstOrDefault()?.ReplacedServices ?? new Dictionary<(Type, Type?), Type>())
        {
            core = core.WithReplacedService(service, other, implementation);
        }
        extensions[typeof(CoreOptionsExtension)] = core;
        foreach (var relational in extensions.Values.OfType<RelationalOptionsExtension>().ToArray())
        {
            // A strategy that tries again refuses a transaction that somebody else began.
            extensions[relational.GetType()] = relational.WithExecutionStrategyFactory(dependencies => new NonRetryingExecutionStrategy(dependencies));
        }
        return new DbContextOptions<DbContext>(extensions);
    }
}
