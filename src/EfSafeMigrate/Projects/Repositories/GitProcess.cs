using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace EfSafeMigrate.Projects.Repositories;

/// <summary>Runs git so that it answers for the folder it is run in, whatever hook or setting surrounds it.</summary>
internal static class GitProcess
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Git sets these for its hooks; some are relative to the top folder, some make it the repository of every folder.</summary>
    private static readonly string[] OfHooks = ["GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_PREFIX", "GIT_INDEX_FILE"];

    /// <param name="index">The index that a hook is about; null for the repository's own.</param>
    /// <returns>Null where there is no git.</returns>
    public static Task<ProcessResult?> RunAsync(string folder, IReadOnlyList<string> arguments, CancellationToken cancellation, string? index = null) =>
        Task.Factory.StartNew(() => Run(folder, arguments, index, cancellation), cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    // On a thread of its own: git answers in milliseconds, and what the runtime needs for asynchronous pipes takes it longer than that to compile.
    private static ProcessResult? Run(string folder, IReadOnlyList<string> arguments, string? index, CancellationToken cancellation)
    {
        using var process = Start(folder, arguments, index);
        if (process is null)
        {
            return null;
        }
        using var stop = cancellation.Register(() => ChildProcess.Kill(process));
        process.StandardInput.Close();
        var error = Task.Factory.StartNew(process.StandardError.ReadToEnd, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        cancellation.ThrowIfCancellationRequested();
        return new ProcessResult(process.ExitCode, output, error.Result);
    }

    /// <returns>Null where there is no git.</returns>
    public static Process? Start(string folder, IReadOnlyList<string> arguments, string? index = null)
    {
        var start = new ProcessStartInfo("git", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = Utf8,
            StandardOutputEncoding = Utf8,
            StandardErrorEncoding = Utf8,
        };
        foreach (var name in OfHooks)
        {
            start.Environment.Remove(name);
        }
        if (index is not null)
        {
            start.Environment["GIT_INDEX_FILE"] = index;
        }
        // A commit that goes on at the same time needs the lock of the index more than a review does.
        start.Environment["GIT_OPTIONAL_LOCKS"] = "0";
        start.Environment["GIT_TERMINAL_PROMPT"] = "0";
        start.Environment["LC_ALL"] = "C.UTF-8";
        try
        {
            return Process.Start(start);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
