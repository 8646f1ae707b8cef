using System.Collections.Concurrent;
using System.Data.Common;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using EfSafeMigrate.Protocol;

namespace EfSafeMigrate.Agent;

/// <summary>Reads requests until the pipe ends and answers each; <c>cancel</c> overtakes what runs.</summary>
internal sealed class Server(Pipe pipe) : IDisposable
{
    private readonly ConcurrentDictionary<int, CancellationTokenSource> running = new();
    private readonly SemaphoreSlim turn = new(1);
    private HelloRequest? hello;
    private Application? application;

    public async Task RunAsync()
    {
        while (await pipe.ReadAsync(ProtocolJson.Default.Request, CancellationToken.None) is { } request)
        {
            if (request is CancelRequest cancel)
            {
                if (running.TryGetValue(cancel.Target, out var target))
                {
                    await target.CancelAsync();
                }
                continue;
            }
            var source = new CancellationTokenSource();
            running[request.Id] = source;
            _ = Task.Run(() => AnswerAsync(request, source));
        }
        foreach (var source in running.Values)
        {
            await source.CancelAsync();
        }
        await turn.WaitAsync(TimeSpan.FromSeconds(5));
        if (application is not null)
        {
            await application.DisposeAsync();
        }
    }

    public void Dispose() => turn.Dispose();

    private async Task AnswerAsync(Request request, CancellationTokenSource source)
    {
        Reply reply;
        await turn.WaitAsync();
        try
        {
            reply = new Reply(request.Id) { Result = await HandleAsync(request, source.Token) };
        }
#pragma warning disable CA1031 // Whatever the user's code throws becomes an answer; the process must not die of it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            reply = new Reply(request.Id) { Failure = FailureOf(exception, source.IsCancellationRequested) };
        }
        finally
        {
            turn.Release();
            running.TryRemove(request.Id, out _);
            source.Dispose();
        }
        try
        {
            await pipe.WriteAsync(reply, ProtocolJson.Default.Reply, CancellationToken.None);
        }
        catch (IOException)
        {
            // The tool is gone; the read loop ends the process.
        }
    }

    private async Task<JsonElement?> HandleAsync(Request request, CancellationToken cancellation) => request switch
    {
        HelloRequest message => Json(Greet(message), ProtocolJson.Default.HelloResult),
        ContextsRequest => Json(App.Contexts(), ProtocolJson.Default.ContextsResult),
        OpenRequest message => Json(App.Open(message.Context), ProtocolJson.Default.OpenResult),
        DescribeRequest message => Json(App.Describe(message, cancellation), ProtocolJson.Default.DescribeResult),
        ScaffoldRequest message => Json(App.Scaffold(message), ProtocolJson.Default.ScaffoldResult),
        StagesRequest message => Json(App.Stages(message, cancellation), ProtocolJson.Default.StagesResult),
        ConnectRequest message => Json(await App.ConnectAsync(message, cancellation), ProtocolJson.Default.ConnectResult),
        QueryRequest message => Json(await App.QueryAsync(message, cancellation), ProtocolJson.Default.QueryResult),
        CloseRequest => await CloseAsync(),
        _ => throw new InvalidOperationException($"The agent does not know `{request.GetType().Name}`."),
    };

    private Application App => application ??= new Application(hello ?? throw new InvalidOperationException("`hello` comes first."));

    private HelloResult Greet(HelloRequest message)
    {
        hello = message;
        AssemblyResolution.Install(message);
        return App.Greeting();
    }

    private async Task<JsonElement?> CloseAsync()
    {
        if (application is not null)
        {
            await application.DisposeAsync();
            application = null;
        }
        return null;
    }

    private static JsonElement Json<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.SerializeToElement(value, type);

    private static Failure FailureOf(Exception exception, bool cancelled)
    {
        while (exception is TargetInvocationException { InnerException: { } inner })
        {
            exception = inner;
        }
        return exception switch
        {
            AgentException known => known.Failure with { Detail = known.InnerException?.ToString() },
            _ when cancelled => new Failure(FailureCode.Cancelled, "Cancelled."),
            DbException database => new Failure(FailureCode.Database, database.Message, database.ToString()) { SqlState = database.SqlState },
            _ => new Failure(FailureCode.Unexpected, exception.Message, exception.ToString()),
        };
    }
}
