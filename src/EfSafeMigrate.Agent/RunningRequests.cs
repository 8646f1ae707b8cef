using System.Collections.Concurrent;

namespace EfSafeMigrate.Agent;

/// <summary>What is being answered, and can be cancelled. A request may be answered in the very moment in which it is cancelled.</summary>
internal sealed class RunningRequests
{
    private readonly ConcurrentDictionary<int, CancellationTokenSource> sources = new();

    public CancellationTokenSource Begin(int id) => sources[id] = new CancellationTokenSource();

    public void End(int id)
    {
        if (sources.TryRemove(id, out var source))
        {
            source.Dispose();
        }
    }

    public Task CancelAsync(int id) => sources.TryGetValue(id, out var source) ? CancelAsync(source) : Task.CompletedTask;

    public async Task CancelAllAsync()
    {
        foreach (var source in sources.Values)
        {
            await CancelAsync(source);
        }
    }

    private static async Task CancelAsync(CancellationTokenSource source)
    {
        try
        {
            await source.CancelAsync();
        }
#pragma warning disable CA1031 // What the user's driver does when it is cancelled may fail; whoever reads requests must not die of it.
        catch (Exception)
#pragma warning restore CA1031
        {
            // Answered meanwhile; or it goes on, and the answer will tell.
        }
    }
}
