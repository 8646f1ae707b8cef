using System.Collections.Concurrent;
using System.Data.Common;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using EfSafeMigrate.Protocol;

namespace EfSafeMigrate.Agent;

/// <summary>Reads requests until the pipe ends and answers each; those of one session wait for each other, <c>cancel</c> overtakes what runs.</summary>
internal sealed class Server(Pipe pipe) : IDisposable
{
    private readonly RunningRequests running = new();
    private readonly ConcurrentDictionary<string, SemaphoreSlim> turns = new();
    private HelloRequest? hello;
    private Application? application;

    public async Task RunAsync()
    {
        while (await pipe.ReadAsync(ProtocolJson.Default.Request, CancellationToken.None) is { } request)
        {
            if (request is CancelRequest cancel)
            {
                await running.CancelAsync(cancel.Target);
                continue;
            }
            var source = running.Begin(request.Id);
            _ = Task.Run(() => AnswerAsync(request, source));
        }
        await running.CancelAllAsync();
        var deadline = Task.Delay(TimeSpan.FromSeconds(5));
        foreach (var turn in turns.Values)
        {
            await Task.WhenAny(turn.WaitAsync(), deadline);
        }
        if (application is not null)
        {
            await application.DisposeAsync();
        }
    }

    public void Dispose()
    {
        foreach (var turn in turns.Values)
        {
            turn.Dispose();
        }
    }

    private async Task AnswerAsync(Request request, CancellationTokenSource source)
    {
        Reply reply;
        var turn = turns.GetOrAdd(request.Session ?? SessionNames.Work, _ => new SemaphoreSlim(1));
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
            running.End(request.Id);
        }
        await WriteAsync(reply);
    }

    private async Task WriteAsync(Reply reply)
    {
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
        ModelsRequest message => Json(App.Models(message, cancellation), ProtocolJson.Default.ModelsResult),
        ScaffoldRequest message => Json(App.Scaffold(message), ProtocolJson.Default.ScaffoldResult),
        StagesRequest message => Json(App.Stages(message, cancellation), ProtocolJson.Default.StagesResult),
        ConnectRequest message => Json(await App.Connections.ConnectAsync(message, cancellation), ProtocolJson.Default.ConnectResult),
        QueryRequest message => Json(await App.Connections.Of(message).QueryAsync(message, cancellation), ProtocolJson.Default.QueryResult),
        AppliedRequest message => Json(new AppliedResult(await App.Connections.Of(message).AppliedAsync(message, cancellation)), ProtocolJson.Default.AppliedResult),
        BatchRequest message => Json(await App.Connections.Of(message).BatchAsync(message, cancellation), ProtocolJson.Default.BatchResult),
        MigrateRequest message => Json(await App.MigrateAsync(message, progress => Tell(message, progress), cancellation), ProtocolJson.Default.MigrateResult),
        ConnectionTextRequest message => Json(App.ConnectionText(message), ProtocolJson.Default.ConnectionTextResult),
        ColumnMeaningsRequest => Json(App.ColumnMeanings(), ProtocolJson.Default.ColumnMeaningsResult),
        MappedPropertiesRequest => Json(App.MappedProperties(), ProtocolJson.Default.MappedPropertiesResult),
        DisconnectRequest message => await DisconnectAsync(message),
        ProofRequest message => Json(await App.ProveAsync(message, cancellation), ProtocolJson.Default.ProofResult),
        CopyRequest message => Json(await App.Connections.Of(message).CopyAsync(message, cancellation), ProtocolJson.Default.CopyResult),
        LinesRequest message => Json(await App.Connections.Of(message).LinesAsync(message, cancellation), ProtocolJson.Default.LinesResult),
        CloseRequest => await CloseAsync(),
        _ => throw new InvalidOperationException($"The agent does not know `{request.GetType().Name}`."),
    };

    private Application App => application ??= new Application(hello ?? throw new InvalidOperationException("`hello` comes first."));

    /// <summary>In order: a line is written before the command goes on.</summary>
    private void Tell(Request request, CommandProgress progress) =>
        WriteAsync(new Reply(request.Id) { Progress = Json(progress, ProtocolJson.Default.CommandProgress) }).GetAwaiter().GetResult();

    private HelloResult Greet(HelloRequest message)
    {
        hello = message;
        AssemblyResolution.Install(message);
        return App.Greeting();
    }

    private async Task<JsonElement?> DisconnectAsync(DisconnectRequest message)
    {
        await App.Connections.CloseAsync(message);
        return Json(new DisconnectResult(), ProtocolJson.Default.DisconnectResult);
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

    /// <summary>EF's execution strategies wrap what may pass by itself, a lock that was not available among them.</summary>
    private static DbException? CauseOf(Exception? exception) => exception is null or DbException ? (DbException?)exception : CauseOf(exception.InnerException);

    /// <summary>
    /// SQLite's provider has a number of its own instead of the standard's state; MySQL's state for a general error says nothing, and the
    /// server's number does.
    /// </summary>
    private static string? CodeOf(DbException exception) => exception.SqlState is { } state and not "HY000"
        ? state
        : NumberOf(exception, "SqliteErrorCode") ?? NumberOf(exception, "Number") ?? exception.SqlState;

    private static string? NumberOf(DbException exception, string property) => exception.GetType().GetProperty(property)?.GetValue(exception)?.ToString();

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
            _ when ConnectionLoss.Is(exception) =>
                new Failure(FailureCode.ConnectionLost, exception.Message, exception.ToString()),
            _ when CauseOf(exception) is { } database => new Failure(FailureCode.Database, database.InnerException is TimeoutException ? "the server gave no answer in time" : database.Message, exception.ToString()) { SqlState = CodeOf(database) },
            _ => new Failure(FailureCode.Unexpected, exception.Message, exception.ToString()),
        };
    }
}
