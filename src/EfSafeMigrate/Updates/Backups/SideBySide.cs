namespace EfSafeMigrate.Updates.Backups;

/// <summary>Two works at once, each of which is worth nothing without the other.</summary>
internal static class SideBySide
{
    /// <summary>When one of them ends badly, the other ends too, and the first reason is the one that counts.</summary>
    public static async Task RunAsync(Func<CancellationToken, Task> one, Func<CancellationToken, Task> other, CancellationToken cancellation)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task[] works = [one(both.Token), other(both.Token)];
        var first = await Task.WhenAny(works);
        if (!first.IsCompletedSuccessfully)
        {
            await both.CancelAsync();
            await Task.WhenAll(works).ContinueWith(_ => { }, TaskScheduler.Default);
            await first;
        }
        await Task.WhenAll(works);
    }
}
