using System.Diagnostics;

namespace EfSafeMigrate.Projects;

/// <summary>
/// What the application and its children print: drained at once so that nobody blocks on a full pipe, shown with <c>--verbose</c>,
/// and the last lines kept for the case that the application dies.
/// </summary>
internal sealed class Noise
{
    private const int Kept = 40;
    private const int LongestLine = 2_000;

    /// <summary>How the runtime begins what it says of a crash.</summary>
    private const string Crash = "Unhandled exception. ";

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    private readonly Queue<string> last = new();
    private readonly Talk talk;
    private readonly Task[] draining;

    public Noise(Process process, Talk talk)
    {
        this.talk = talk;
        draining = [DrainAsync(process.StandardOutput), DrainAsync(process.StandardError)];
    }

    public string Last
    {
        get
        {
            lock (last)
            {
                return string.Join('\n', last);
            }
        }
    }

    /// <summary>What the application died of, in its runtime's words; null when it said nothing of that.</summary>
    public string? Cause
    {
        get
        {
            lock (last)
            {
                return last.LastOrDefault(line => line.StartsWith(Crash, StringComparison.Ordinal))?[Crash.Length..].Trim();
            }
        }
    }

    /// <summary>Waits for the last of it; not without end, for a child of the application may hold the pipe open after the application has ended.</summary>
    public void Settle() => Task.WaitAll(draining, Patience);

    private async Task DrainAsync(StreamReader reader)
    {
        var buffer = new char[1 << 14];
        var line = "";
        int read;
        while ((read = await ReadAsync(reader, buffer)) > 0)
        {
            var parts = (line + new string(buffer, 0, read)).Split('\n');
            foreach (var part in parts[..^1])
            {
                Keep(part.TrimEnd('\r'));
            }
            line = parts[^1].Length > LongestLine ? parts[^1][..LongestLine] : parts[^1];
        }
        if (line.Length > 0)
        {
            Keep(line);
        }
    }

    private static async Task<int> ReadAsync(StreamReader reader, char[] buffer)
    {
        try
        {
            return await reader.ReadAsync(buffer);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or InvalidOperationException)
        {
            return 0;
        }
    }

    private void Keep(string line)
    {
        talk.Detail($"  app: {line}");
        lock (last)
        {
            last.Enqueue(line);
            if (last.Count > Kept)
            {
                last.Dequeue();
            }
        }
    }
}
