using System.Diagnostics;

namespace EfSafeMigrate.Tests.Sql;

/// <summary>Goes through texts and names the one that throws or never ends.</summary>
internal static class Watched
{
    // A text takes a millisecond or two; on the slowest machine one that takes this long hangs.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static void Each(IEnumerable<string> texts, Action<string> check)
    {
        var (now, since) = ("", Stopwatch.GetTimestamp());
        var work = Task.Factory.StartNew(
            () =>
            {
                foreach (var text in texts)
                {
                    (now, since) = (text, Stopwatch.GetTimestamp());
                    check(text);
                }
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        while (Task.WaitAny([work], TimeSpan.FromSeconds(1)) < 0)
        {
            (Stopwatch.GetElapsedTime(since) < Patience).ShouldBeTrue($"No end to:\n{Beginning(now)}");
        }
        work.Exception.ShouldBeNull($"{work.Exception?.InnerException?.Message} at:\n{Beginning(now)}");
    }

    private static string Beginning(string text) => text.Length <= 4000 ? text : text[..4000] + "…";
}
