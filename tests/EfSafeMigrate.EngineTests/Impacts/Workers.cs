using System.Collections.Concurrent;

namespace EfSafeMigrate.EngineTests.Impacts;

/// <summary>Several databases of one server, so that it always has something to do.</summary>
public sealed class Workers : IAsyncLifetime
{
    private readonly MariaDbDatabase[] databases = [new(), new(), new()];

    public Task InitializeAsync() => Task.WhenAll(databases.Select(database => database.InitializeAsync()));

    public Task DisposeAsync() => Task.WhenAll(databases.Select(database => database.DisposeAsync()));

    internal async Task<string> VersionAsync()
    {
        await using var connection = await databases[0].OpenAsync();
        return (await connection.AskAsync("SELECT version()"))!;
    }

    /// <summary>Every item by itself in a database; the answers in the order of the items.</summary>
    internal async Task<IReadOnlyList<TResult>> EachAsync<T, TResult>(IEnumerable<T> items, Func<MariaDbDatabase, T, Task<TResult>> work)
    {
        var waiting = new ConcurrentQueue<(T Item, int At)>(items.Select((item, at) => (item, at)));
        var results = new TResult[waiting.Count];
        // The driver keeps its thread while it waits.
        await Task.WhenAll(databases.Select(database => Task.Run(async () =>
        {
            while (waiting.TryDequeue(out var next))
            {
                results[next.At] = await work(database, next.Item);
            }
        })));
        return results;
    }
}
