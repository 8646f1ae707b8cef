using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace EfSafeMigrate.Tests.Sql;

/// <summary>Goes through texts and names the one that throws or never ends.</summary>
internal static class Watched
{
    // A text takes a millisecond or two; on the slowest machine one that takes this long hangs.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static void Each(IEnumerable<string> texts, Action<string> check)
    {
        (string Text, long Since) now = ("", Stopwatch.GetTimestamp());
        Exception? failure = null;
        // The stack of a thread of the pool, whatever the runner's threads have.
        var thread = new Thread(() =>
        {
            try
            {
                foreach (var text in texts)
                {
                    now = (text, Stopwatch.GetTimestamp());
                    check(text);
                }
            }
            catch (Exception thrown) when (thrown is not OutOfMemoryException)
            {
                failure = thrown;
            }
        }, 1 << 20) { IsBackground = true };
        thread.Start();
        while (!thread.Join(TimeSpan.FromSeconds(1)))
        {
            if (Stopwatch.GetElapsedTime(now.Since) > Patience)
            {
                throw new TimeoutException($"No end to:\n{Beginning(now.Text)}");
            }
        }
        if (failure is ShouldAssertException or null)
        {
            failure?.Rethrow();
            return;
        }
        throw new InvalidOperationException($"{failure.Message} at:\n{Beginning(now.Text)}", failure);
    }

    private static void Rethrow(this Exception failure) => ExceptionDispatchInfo.Throw(failure);

    private static string Beginning(string text) => text.Length <= 4000 ? text : text[..4000] + "…";
}
