using System.Text.Json;

namespace EfSafeMigrate.Updates.Backfills;

internal sealed class BackfillGate(BackfillContext context, BackfillStore store, string name, Func<BackfillProgress> progress)
{
    private volatile BackfillRecord? seen;

    public BackfillTuning Tuning => seen is { Tuning: { Length: > 2 } text } ? JsonSerializer.Deserialize(text, BackfillJson.Default.BackfillTuning)! : new();

    public async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                seen = await store.FindAsync(name, cancellation);
                _ = progress();
                await Task.Delay(BackfillSettings.Look, cancellation);
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    public async Task PassAsync(CancellationToken cancellation)
    {
        while (seen?.Wanted == BackfillWish.Pause)
        {
            await Task.Delay(50, cancellation);
        }
        _ = context;
        if (seen?.Wanted == BackfillWish.Cancel)
        {
            throw new BackfillCancelled();
        }
    }
}

internal sealed class BackfillCancelled : Exception;
