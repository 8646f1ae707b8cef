using System.Diagnostics;
using System.Runtime.InteropServices;

namespace EfSafeMigrate.EndToEndTests.Scratches;

/// <summary>The tool at work on a scratch database, with a folder of its own for temporary files, followed by what it tells.</summary>
internal sealed class ScratchRun : IAsyncDisposable
{
    private const int Kill = 9;

    private readonly Process process;
    private readonly List<string> told = [];
    private readonly Task<string> output;

    private ScratchRun(Process process)
    {
        this.process = process;
        output = process.StandardOutput.ReadToEndAsync();
    }

    /// <summary>Lines so far.</summary>
    public string Told => string.Join('\n', told);

    public static ScratchRun Start(InstalledTool tool, string project, string connection, string temporary, string[] arguments, params (string Name, string Value)[] more)
    {
        var start = new ProcessStartInfo("setsid", ["env", "--default-signal=INT", Path.Combine(tool.Scratch, "tools", "dotnet-safe-migrate"), .. arguments])
        {
            WorkingDirectory = project, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBuild", StringComparison.Ordinal)).ToArray())
        {
            start.Environment.Remove(name);
        }
        (start.Environment["PHASES"], start.Environment["TMPDIR"], start.Environment["DOTNET_ENVIRONMENT"], start.Environment["MSBUILDDISABLENODEREUSE"]) = (connection, temporary, "Development", "1");
        foreach (var (name, value) in more)
        {
            start.Environment[name] = value;
        }
        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return new ScratchRun(process);
    }

    /// <summary>Waits until it tells so.</summary>
    public async Task<string> UntilAsync(string holds)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        while (await process.StandardError.ReadLineAsync(limit.Token) is { } line)
        {
            told.Add(line);
            if (line.Contains(holds, StringComparison.Ordinal))
            {
                return line;
            }
        }
        throw new InvalidOperationException($"Nothing told of {holds}:\n{Told}\n{await output}");
    }

    /// <param name="group">With the application and every program it has started.</param>
    public async Task KillAsync(bool group)
    {
        _ = Send(group ? -process.Id : process.Id, Kill);
        await process.WaitForExitAsync();
    }

    public void Signal(int signal) => _ = Send(-process.Id, signal);

    public async Task<ShellResult> EndAsync()
    {
        told.Add(await process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return new(process.ExitCode, await output, Told);
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            await KillAsync(group: true);
        }
        process.Dispose();
    }

#pragma warning disable SYSLIB1054 // Generated marshalling would need unsafe code.
    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Send(int process, int signal);
#pragma warning restore SYSLIB1054
}
