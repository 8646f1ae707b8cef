using System.Collections;
using System.ComponentModel;
using System.Diagnostics;
using EfSafeMigrate.Projects;

namespace EfSafeMigrate.Updates;

/// <summary>One command of a team, in the system's shell, with a JSON document on its standard input.</summary>
internal static class HookProcess
{
    // The tool's own environment may hold connection strings; a hook has only what programs need to run at all.
    private static readonly HashSet<string> Inherited = new(StringComparer.OrdinalIgnoreCase)
    {
        "PATH", "HOME", "USER", "LOGNAME", "SHELL", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TERM", "TMPDIR", "TEMP", "TMP",
        "SystemRoot", "SystemDrive", "ComSpec", "PATHEXT", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "ProgramFiles", "ProgramData",
    };

    private static readonly TimeSpan Draining = TimeSpan.FromSeconds(1);

    /// <returns>Null when it ended well; otherwise what is wrong, as the end of a sentence.</returns>
    public static async Task<string?> RunAsync(string command, string json, TimeSpan limit, CancellationToken cancellation)
    {
        using var process = Start(command);
        if (process is null)
        {
            return "cannot be started";
        }
        List<string> said = [];
        List<string> complained = [];
        var talking = Task.WhenAll(ListenAsync(process.StandardOutput, said), ListenAsync(process.StandardError, complained));
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        time.CancelAfter(limit);
        try
        {
            await TellAsync(process, json, time.Token);
            await process.WaitForExitAsync(time.Token);
        }
        catch (OperationCanceledException)
        {
            ChildProcess.Kill(process);
            cancellation.ThrowIfCancellationRequested();
            return $"was still running after {limit.TotalSeconds:0.#} s and was killed";
        }
        // A child it left behind may keep its output open for ever.
        await Task.WhenAny(talking, Task.Delay(Draining, CancellationToken.None));
        return process.ExitCode == 0 ? null : (Last(complained) ?? Last(said)) is { } line ? $"refused: {line}" : $"refused with exit code {process.ExitCode}";
    }

    private static Process? Start(string command)
    {
        var (shell, option) = OperatingSystem.IsWindows() ? ("cmd.exe", "/c") : ("/bin/sh", "-c");
        var start = new ProcessStartInfo(shell, [option, command])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        start.Environment.Clear();
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            if (Inherited.Contains((string)variable.Key))
            {
                start.Environment[(string)variable.Key] = (string?)variable.Value;
            }
        }
        try
        {
            return Process.Start(start);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    private static async Task TellAsync(Process process, string json, CancellationToken cancellation)
    {
        try
        {
            await process.StandardInput.WriteAsync((json + "\n").AsMemory(), cancellation);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It does not want to know.
        }
    }

    private static async Task ListenAsync(StreamReader reader, List<string> said)
    {
        try
        {
            while (await reader.ReadLineAsync() is { } line)
            {
                lock (said)
                {
                    said.Add(line);
                }
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // Killed.
        }
    }

    private static string? Last(List<string> said)
    {
        lock (said)
        {
            return said.LastOrDefault(line => line.Trim().Length > 0)?.Trim().TrimEnd('.') is { } line ? line[..Math.Min(line.Length, 200)] : null;
        }
    }
}
