using System.Diagnostics;

namespace EfSafeMigrate.EndToEndTests;

internal sealed record ShellResult(int Code, string Output, string Error);

/// <summary>Runs a program as a person would, marked so that what it leaves behind can be found.</summary>
internal static class Shell
{
    private const string Mark = "SAFE_MIGRATE_TEST_RUN";

    /// <param name="minutes">How long it may take on a machine that has much else to do.</param>
    public static async Task<ShellResult> RunAsync(
        string directory, string file, IEnumerable<string> arguments, string? mark = null, IReadOnlyDictionary<string, string>? environment = null, int minutes = 5)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            WorkingDirectory = directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[Mark] = mark ?? "none";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        // A compiler that outlives the build is faster, and in the way of who looks for what is left.
        start.Environment["UseSharedCompilation"] = mark is null ? "true" : "false";
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBuild", StringComparison.Ordinal)).ToArray())
        {
            // The test host runs inside MSBuild; its settings must not reach the projects under test.
            start.Environment.Remove(name);
        }
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(minutes));
        await process.WaitForExitAsync(limit.Token);
        return new ShellResult(process.ExitCode, (await output).ReplaceLineEndings("\n"), (await error).ReplaceLineEndings("\n"));
    }

    /// <summary>Command lines of processes that carry the mark and still run; a short grace for those that are ending.</summary>
    /// <param name="tenths">The grace, in tenths of a second.</param>
    public static async Task<IReadOnlyList<string>> LeftRunningAsync(string mark, int tenths = 20)
    {
        for (var attempt = 0; attempt < tenths; attempt++)
        {
            if (Marked(mark).Count == 0)
            {
                return [];
            }
            await Task.Delay(100);
        }
        return Marked(mark);
    }

    private static List<string> Marked(string mark)
    {
        List<string> found = [];
        foreach (var folder in Directory.EnumerateDirectories("/proc").Where(folder => int.TryParse(Path.GetFileName(folder), out _)))
        {
            try
            {
                if (File.ReadAllText(Path.Combine(folder, "environ")).Contains($"{Mark}={mark}", StringComparison.Ordinal))
                {
                    found.Add(File.ReadAllText(Path.Combine(folder, "cmdline")).Replace('\0', ' '));
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Ended meanwhile, or another user's.
            }
        }
        return found;
    }
}
