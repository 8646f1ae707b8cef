using System.Diagnostics;

namespace EfSafeMigrate;

/// <summary>What the tool says while it works: standard error only, so that standard output stays data.</summary>
internal sealed class Talk(TextWriter error, bool verbose, bool terminal)
{
    /// <summary>Quicker work than this is not announced.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    public bool Verbose { get; } = verbose;

    public void Say(string line) => error.WriteLine(line);

    public void Detail(string line)
    {
        if (Verbose)
        {
            error.WriteLine(line);
        }
    }

    /// <summary>Does the work, and says what it is when it takes longer than half a second.</summary>
    public async Task<T> During<T>(string what, Task<T> work)
    {
        var clock = Stopwatch.StartNew();
        if (await Task.WhenAny(work, Task.Delay(Patience)) == work)
        {
            return await work;
        }
        if (!terminal)
        {
            Say($"{what} …");
            return await work;
        }
        while (await Task.WhenAny(work, Task.Delay(TimeSpan.FromMilliseconds(200))) != work)
        {
            await error.WriteAsync($"\r\u001b[K{what} … {clock.Elapsed.TotalSeconds:0.0} s");
        }
        await error.WriteAsync("\r\u001b[K");
        return await work;
    }
}
