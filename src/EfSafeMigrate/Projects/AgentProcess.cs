using System.Collections.Concurrent;
using System.Diagnostics;
using System.IO.Pipes;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using EfSafeMigrate.Protocol;

namespace EfSafeMigrate.Projects;

/// <summary>The agent inside the user's application, and the pipe to it.</summary>
internal sealed class AgentProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly NamedPipeServerStream stream;
    private readonly Pipe pipe;
    private readonly Noise noise;
    private readonly ConcurrentDictionary<int, TaskCompletionSource<Reply>> waiting = new();
    private readonly ConcurrentDictionary<int, Action<JsonElement>> listening = new();
    private int lastId;

    /// <summary>The application is loaded: when it ends now, its start-up is not to blame.</summary>
    public bool Loaded { get; set; }

    private AgentProcess(Process process, NamedPipeServerStream stream, Noise noise)
    {
        (this.process, this.stream, this.noise) = (process, stream, noise);
        pipe = new Pipe(stream);
        _ = Task.Run(ReadAsync);
    }

    /// <param name="options">Arguments of <c>dotnet exec</c> before the agent's path.</param>
    /// <param name="runtimeConfig">Written beside the run, removed at the end.</param>
    /// <param name="environment">The application's environment; null to leave it to the variables that are set.</param>
    /// <param name="application">A published application's assembly: the agent then runs in its process; null when it has its own.</param>
    public static async Task<AgentProcess> StartAsync(
        string directory, IReadOnlyList<string> options, string runtimeConfig, string? environment, string? application, Talk talk, CancellationToken cancellation)
    {
        var name = $"safe-migrate-{Guid.NewGuid():N}";
        var folder = Directory.CreateTempSubdirectory("safe-migrate-").FullName;
        var configFile = Path.Combine(folder, "agent.runtimeconfig.json");
        await File.WriteAllTextAsync(configFile, runtimeConfig, cancellation);
        var stream = new NamedPipeServerStream(
            name, PipeDirection.InOut, 1, PipeTransmissionMode.Byte, PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly);

        var agent = Path.Combine(AppContext.BaseDirectory, "agent", "EfSafeMigrate.Agent.dll");
        var start = ChildProcess.StartInfo(directory, ["exec", "--runtimeconfig", configFile, .. options, application ?? agent]);
        start.Environment[Pipe.NameVariable] = name;
        if (application is not null)
        {
            start.Environment["DOTNET_STARTUP_HOOKS"] = agent;
        }
        foreach (var variable in environment is null ? [] : HostEnvironment.Variables)
        {
            start.Environment[variable] = environment;
        }
        var process = ChildProcess.Start(start);
        process.StandardInput.Close();
        var noise = new Noise(process, talk);
        try
        {
            // An application that dies at once (no runtime, a broken deps file) never connects.
            using var connecting = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            var connected = stream.WaitForConnectionAsync(connecting.Token);
            if (await Task.WhenAny(connected, process.WaitForExitAsync(connecting.Token)) != connected)
            {
                await connecting.CancelAsync();
                cancellation.ThrowIfCancellationRequested();
                throw ProjectErrors.Ended(process.ExitCode, noise.Last);
            }
            await connected;
            // Read by the host at its start only; gone now, it cannot be left behind.
            Directory.Delete(folder, recursive: true);
            return new AgentProcess(process, stream, noise);
        }
        catch
        {
            ChildProcess.Kill(process);
            process.Dispose();
            await stream.DisposeAsync();
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
            throw;
        }
    }

    /// <summary>Asks, and waits for the answer; cancelling also cancels the work in the agent.</summary>
    /// <exception cref="AgentFailure">The agent answered with a failure.</exception>
    public async Task<T> AskAsync<T>(Request request, JsonTypeInfo<T> type, CancellationToken cancellation)
    {
        var reply = await SendAsync(request, progress: null, cancellation);
        return Answer(reply, type);
    }

    /// <summary>As <see cref="AskAsync"/>, but told of the progress, and when cancelled still waiting for the end: what runs is not left behind.</summary>
    public async Task<T> FollowAsync<T>(Request request, JsonTypeInfo<T> type, Action<JsonElement> progress, CancellationToken cancellation) =>
        Answer(await SendAsync(request, progress, cancellation), type);

    private static T Answer<T>(Reply reply, JsonTypeInfo<T> type)
    {
        return reply.Failure is { } failure ? throw new AgentFailure(failure) : reply.Result!.Value.Deserialize(type)!;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            try
            {
                // Connections are closed in order; whatever hangs is killed with its children.
                using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2));
                await SendAsync(new CloseRequest(), progress: null, limit.Token);
            }
            catch (Exception exception) when (exception is OperationCanceledException or SafeMigrateException or IOException)
            {
                // Gone already, or too slow: killed below.
            }
        }
        ChildProcess.Kill(process);
        RemoveRuntimePipes(process.Id);
        pipe.Dispose();
        await stream.DisposeAsync();
        process.Dispose();
    }

    /// <summary>A runtime that is killed leaves the pipes of its debugger and diagnostics behind.</summary>
    private static void RemoveRuntimePipes(int id)
    {
        foreach (var file in new[] { $"clr-debug-pipe-{id}-*", $"dotnet-diagnostic-{id}-*" }.SelectMany(pattern => Directory.GetFiles(Path.GetTempPath(), pattern)))
        {
            try
            {
                File.Delete(file);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Another process with the same number has them by now.
            }
        }
    }

    private async Task<Reply> SendAsync(Request request, Action<JsonElement>? progress, CancellationToken cancellation)
    {
        var id = Interlocked.Increment(ref lastId);
        if (progress is not null)
        {
            listening[id] = progress;
        }
        var source = new TaskCompletionSource<Reply>(TaskCreationOptions.RunContinuationsAsynchronously);
        waiting[id] = source;
        try
        {
            await pipe.WriteAsync(request with { Id = id }, ProtocolJson.Default.Request, cancellation);
        }
        catch (IOException)
        {
            throw Ended();
        }
        await using var registration = cancellation.Register(() => Cancel(id, progress is null ? source : null));
        return await source.Task;
    }

    private void Cancel(int id, TaskCompletionSource<Reply>? source)
    {
        // Before it is sent: the answer that it was cancelled may be back before this method ends, and would count as a failure.
        source?.TrySetCanceled();
        _ = pipe.WriteAsync(new CancelRequest(id), ProtocolJson.Default.Request, CancellationToken.None);
    }

    private async Task ReadAsync()
    {
        while (await pipe.ReadAsync(ProtocolJson.Default.Reply, CancellationToken.None) is { } reply)
        {
            if (reply.Progress is { } progress)
            {
                if (listening.TryGetValue(reply.Id, out var listener))
                {
                    listener(progress);
                }
            }
            else if (waiting.TryRemove(reply.Id, out var source))
            {
                listening.TryRemove(reply.Id, out _);
                source.TrySetResult(reply);
            }
        }
        foreach (var source in waiting.Values)
        {
            source.TrySetException(Ended());
        }
    }

    private SafeMigrateException Ended()
    {
        int? code = process.WaitForExit(1000) ? process.ExitCode : null;
        noise.Settle();
        return Loaded ? ProjectErrors.EndedAtWork(code, noise.Cause, noise.Last) : ProjectErrors.Ended(code, noise.Last);
    }
}

/// <summary>A failure as the agent told it; the caller knows which sentence it makes.</summary>
#pragma warning disable CA1064 // Caught in Projects and Sessions only.
internal sealed class AgentFailure(Failure failure) : Exception(failure.Message)
{
    public Failure Failure { get; } = failure;
}
