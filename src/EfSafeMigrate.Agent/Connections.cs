using System.Data.Common;
using EfSafeMigrate.Protocol;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace EfSafeMigrate.Agent;

/// <summary>
/// The context's own connection, and further ones of the same provider: each belongs to a bare context with the user's options, so that
/// interceptors, tokens and data sources work there too and the application's start-up does not run again.
/// </summary>
internal sealed class Connections(DbContext context) : IAsyncDisposable
{
    private readonly Dictionary<string, (Database Database, DbContext? Own)> open = [];
    private readonly SemaphoreSlim opening = new(1);
    private readonly Attention attention = new();

    public async Task<ConnectResult> ConnectAsync(ConnectRequest request, CancellationToken cancellation)
    {
        await opening.WaitAsync(cancellation);
        try
        {
            var name = request.Session ?? SessionNames.Work;
            if (!open.TryGetValue(name, out var session))
            {
                var own = name == SessionNames.Work ? null : Bare();
                open[name] = session = (new Database(own ?? context), own);
            }
            return await session.Database.ConnectAsync(request, cancellation);
        }
        finally
        {
            opening.Release();
        }
    }

    public Database Of(Request request) => open.TryGetValue(request.Session ?? SessionNames.Work, out var found)
        ? found.Database
        : throw new InvalidOperationException("`connect` comes before this request.");

    public async Task CloseAsync(Request request)
    {
        await opening.WaitAsync();
        try
        {
            if (open.Remove(request.Session ?? SessionNames.Work, out var session))
            {
                await session.Database.DisposeAsync();
                await (session.Own?.DisposeAsync() ?? ValueTask.CompletedTask);
            }
        }
        finally
        {
            opening.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (database, own) in open.Values)
        {
            await database.DisposeAsync();
            if (own is not null)
            {
                await own.DisposeAsync();
            }
        }
        open.Clear();
        opening.Dispose();
        attention.Dispose();
    }

    private DbContext Bare()
    {
        var extensions = context.GetService<IDbContextOptions>().Extensions.ToDictionary(extension => extension.GetType());
        foreach (var relational in extensions.Values.OfType<RelationalOptionsExtension>().Where(each => each.Connection is not null).ToArray())
        {
            // A connection object belongs to one context; its copy keeps what the text of the connection leaves out.
            extensions[relational.GetType()] = relational.WithConnection(Copy(relational.Connection!));
        }
        return new DbContext(new DbContextOptions<DbContext>(extensions));
    }

    private static DbConnection Copy(DbConnection connection)
    {
        if (connection is ICloneable cloneable)
        {
            return (DbConnection)cloneable.Clone();
        }
        var copy = (DbConnection)Activator.CreateInstance(connection.GetType())!;
        copy.ConnectionString = connection.ConnectionString;
        return copy;
    }
}
