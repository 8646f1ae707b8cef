using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using EfSafeMigrate.EndToEndTests.Phases;

namespace EfSafeMigrate.EndToEndTests.Applying;

internal enum Target
{
    Tool,
    Agent,
    Group,
}

/// <summary>The tool at work in a process group of its own, followed by its JSON lines.</summary>
internal sealed class ApplyRun : IAsyncDisposable
{
    public const int Interrupt = 2;
    public const int Kill = 9;
    public const int Continue = 18;
    public const int Stop = 19;
    public const int Terminate = 15;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private readonly Process process;
    private readonly List<string> lines = [];
    private readonly List<(Func<string, bool> Fits, TaskCompletionSource<string> Found)> waiting = [];
    private readonly Task<string> errors;
    private readonly Task reading;
    private readonly Stopwatch clock = Stopwatch.StartNew();

    private ApplyRun(Process process)
    {
        this.process = process;
        errors = process.StandardError.ReadToEndAsync();
        reading = ReadAsync();
    }

    public TimeSpan Elapsed => clock.Elapsed;

    public bool HasEnded => process.HasExited;

    /// <param name="retrying">The application asks EF to try again by itself when a connection is lost.</param>
    public static ApplyRun Start(InstalledTool tool, string project, string connection, string[] arguments, bool retrying = false)
    {
        // Both replace themselves: the tool's process is the group's leader, and hears Ctrl+C although tests in the background do not.
        var start = new ProcessStartInfo("setsid", ["env", "--default-signal=INT", Path.Combine(tool.Scratch, "tools", "dotnet-safe-migrate"), .. InstalledTool.Bare(arguments)])
        {
            WorkingDirectory = project, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBuild", StringComparison.Ordinal)).ToArray())
        {
            start.Environment.Remove(name);
        }
        start.Environment["PHASES"] = connection;
        start.Environment["BUSY"] = connection;
        start.Environment["DOTNET_ENVIRONMENT"] = "Development";
        start.Environment["PHASES_RETRY"] = retrying ? "1" : "0";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return new ApplyRun(process);
    }

    /// <summary>The first line of the event, past or to come; null when the run ends before it.</summary>
    public async Task<string?> LineAsync(string happens, string holds = "")
    {
        var found = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        bool Fits(string line) => line.StartsWith($$"""{"event":"{{happens}}",""", StringComparison.Ordinal) && line.Contains(holds, StringComparison.Ordinal);
        lock (lines)
        {
            if (lines.Find(Fits) is { } known)
            {
                return known;
            }
            waiting.Add((Fits, found));
        }
        return await Task.WhenAny(found.Task, reading).WaitAsync(Limit) == found.Task || found.Task.IsCompleted ? await found.Task : null;
    }

    public async Task<JsonElement> MustAsync(string happens, string holds = "") =>
        await LineAsync(happens, holds) is { } line ? JsonDocument.Parse(line).RootElement : throw new InvalidOperationException($"No {happens} {holds}: {await EndAsync()}");

    public void Signal(int signal, Target target)
    {
        var at = target switch { Target.Group => -process.Id, Target.Tool => process.Id, _ => AgentProcess() ?? process.Id };
        _ = Send(at, signal);
    }

    /// <summary>The application's process; null as long as there is none.</summary>
    public int? AgentProcess()
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc").Where(folder => int.TryParse(Path.GetFileName(folder), out _)))
        {
            try
            {
                var parent = File.ReadAllText(Path.Combine(folder, "stat")).Split(") ")[^1].Split(' ')[1];
                if (parent == $"{process.Id}" && File.ReadAllText(Path.Combine(folder, "cmdline")).Contains("EfSafeMigrate.Agent.dll", StringComparison.Ordinal))
                {
                    return int.Parse(Path.GetFileName(folder), System.Globalization.CultureInfo.InvariantCulture);
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Ended meanwhile.
            }
        }
        return null;
    }

    public async Task<ShellResult> EndAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        await process.WaitForExitAsync(limit.Token);
        clock.Stop();
        await reading;
        return new ShellResult(process.ExitCode, string.Join('\n', lines), await errors);
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            Signal(Continue, Target.Group);
            Signal(Kill, Target.Group);
            await process.WaitForExitAsync();
        }
        process.Dispose();
    }

    private async Task ReadAsync()
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            lock (lines)
            {
                lines.Add(line);
                foreach (var (fits, found) in waiting.Where(each => each.Fits(line)))
                {
                    found.TrySetResult(line);
                }
            }
        }
    }

#pragma warning disable SYSLIB1054 // Generated marshalling would need unsafe code.
    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Send(int process, int signal);
#pragma warning restore SYSLIB1054
}

/// <summary>What <c>status --json</c> says.</summary>
internal sealed record RunState(string State, string? Run, string? OpenStep, bool OpenStepIsDone, IReadOnlyList<string> Steps, IReadOnlyList<string> Pending, IReadOnlyList<string> Elsewhere, IReadOnlyList<string> Undone)
{
    public static async Task<RunState> ReadAsync(InstalledTool tool, string project, string context, PhasedDatabase database)
    {
        var result = await tool.RunAsync(
            project, ["status", "--context", context, "--no-build", "--json"], environment: new Dictionary<string, string> { ["PHASES"] = database.ConnectionString });
        result.Code.ShouldBe(0, result.Output + result.Error);
        var json = JsonDocument.Parse(result.Output).RootElement;
        IReadOnlyList<string> List(string name) => [.. json.GetProperty(name).EnumerateArray().Select(each => each.GetString()!)];
        return new RunState(
            json.GetProperty("state").GetString()!, json.GetProperty("run").GetString(), json.GetProperty("openStep").GetString(),
            json.GetProperty("openStepIsDone").GetBoolean(), List("steps"), List("pending"), List("elsewhere"), List("undone"));
    }
}
