namespace EfSafeMigrate.Updates.Backfills;

/// <summary>
/// Workers over the parts of a table. There are more parts than workers at first, so that a person can add some; one that is taken away gives
/// back its part where it stands.
/// </summary>
internal sealed class Crew(BackfillContext context, BackfillGate gate, Func<int, CancellationToken, Task<BackfillWorker>> hire)
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    private readonly Queue<BackfillPart> open = new();
    private int unfinished;

    private int Wanted => Math.Max(1, gate.Tuning.Workers ?? context.Settings.Workers);

    /// <summary>Returns when all parts are done. The first failure ends all workers: what they have in hand is committed or rolled back.</summary>
    public async Task RunAsync(IEnumerable<BackfillPart> parts, CancellationTokenSource over)
    {
        foreach (var part in parts)
        {
            open.Enqueue(part);
        }
        unfinished = open.Count;
        var workers = Enumerable.Range(0, open.Count).Select(number => WorkAsync(number, over.Token)).ToArray();
        try
        {
            for (var left = workers.ToList(); left.Count > 0;)
            {
                var ended = await Task.WhenAny(left);
                left.Remove(ended);
                await ended;
            }
        }
        catch
        {
            await over.CancelAsync();
            await Task.WhenAll(workers).ContinueWith(_ => { }, TaskScheduler.Default);
            throw;
        }
    }

    private async Task WorkAsync(int number, CancellationToken cancellation)
    {
        BackfillWorker? worker = null;
        while (Volatile.Read(ref unfinished) > 0)
        {
            if (number >= Wanted || Next() is not { } part)
            {
                await Task.Delay(Glance, cancellation);
                continue;
            }
            worker ??= await hire(number, cancellation);
            part = await worker.RunAsync(part, () => number < Wanted, cancellation);
            if (part.IsDone)
            {
                Interlocked.Decrement(ref unfinished);
            }
            else
            {
                lock (open)
                {
                    open.Enqueue(part);
                }
            }
        }
    }

    private BackfillPart? Next()
    {
        lock (open)
        {
            return open.TryDequeue(out var part) ? part : null;
        }
    }
}
