using System.Runtime.ExceptionServices;
using System.Text.Json;
using EfSafeMigrate.Sessions;
using EfSafeMigrate.Updates.Backfills.Throttles;

namespace EfSafeMigrate.Updates.Backfills;

/// <summary>
/// Lets batches begin or holds them: looks regularly what a person wants and what the signals say, and tells others how things stand. What
/// cannot be read holds, and so does a look that does not end.
/// </summary>
internal sealed class BackfillGate(BackfillContext context, BackfillStore store, string name, ProgressMeter progress)
{
    /// <summary>After so long without an answer nothing begins any more.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Told = TimeSpan.FromSeconds(1);

    private readonly IReadOnlyList<Throttle> throttles = Throttle.Of(context.Settings.Throttles, context.Engine, text => context.Tell(new BackfillNote(name, text)));
    private readonly object turn = new();
    private TaskCompletionSource looked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string reading = "what is wanted of it";
    private string? held = "it has not looked around yet";
    private bool cancelled;
    private ExceptionDispatchInfo? fault;
    private long? last;
    private (long At, bool Held)? said;

    /// <summary>What a person has changed.</summary>
    public BackfillTuning Tuning { get; private set; } = new();

    /// <summary>Of the slowest replica.</summary>
    public TimeSpan? Lag => throttles.OfType<LagThrottle>().FirstOrDefault()?.Lag;

    /// <summary>Why nothing begins, as a clause; null while batches go through.</summary>
    public string? Held
    {
        get
        {
            lock (turn)
            {
                return held ?? (last is { } at && context.Time.GetElapsedTime(at) is var silence && silence > Patience ? $"{reading} has not answered for {Rules.Say.Duration(silence)}" : null);
            }
        }
    }

    /// <summary>Waits while something holds.</summary>
    /// <exception cref="BackfillCancelled">A person has ended it.</exception>
    public async Task PassAsync(CancellationToken cancellation)
    {
        while (true)
        {
            Task next;
            lock (turn)
            {
                fault?.Throw();
                if (cancelled)
                {
                    throw new BackfillCancelled(name);
                }
                if (Held is null)
                {
                    return;
                }
                next = looked.Task;
            }
            await next.WaitAsync(cancellation);
        }
    }

    /// <summary>Looks until it is cancelled, which is its ordinary end. What it says of the state holds until then only.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                await LookAsync(cancellation);
                await Task.Delay(BackfillSettings.Look, context.Time, cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
        }
        catch (Exception exception)
        {
            lock (turn)
            {
                fault = ExceptionDispatchInfo.Capture(exception);
                Open();
            }
            throw;
        }
    }

    /// <summary>Looks once.</summary>
    public async Task LookAsync(CancellationToken cancellation)
    {
        var verdict = new Verdict();
        await ReadAsync(verdict, "what is wanted of it", async () => await WishAsync(verdict, cancellation));
        foreach (var throttle in throttles)
        {
            await ReadAsync(verdict, throttle.Signal, () => throttle.LookAsync(context.Control, context.Time, cancellation));
        }
        lock (turn)
        {
            held = verdict.Reasons.Count == 0 ? null : string.Join("; ", verdict.Reasons);
            cancelled = verdict.Wanted == BackfillWish.Cancel;
            Tuning = verdict.Tuning ?? Tuning;
            last = context.Time.GetTimestamp();
            Open();
        }
        var news = progress.Held(Held, Lag);
        context.Tell(news);
        await SayAsync(verdict, news, cancellation);
        if (verdict.Lost is { } lost)
        {
            await ReconnectAsync(lost, cancellation);
        }
    }

    private async Task<string?> WishAsync(Verdict verdict, CancellationToken cancellation)
    {
        var record = await store.FindAsync(name, cancellation) ?? throw new SignalUnread("the database knows nothing of it any more");
        verdict.Wanted = record.Wanted;
        try
        {
            verdict.Tuning = record.Tuning.Length == 0 ? new() : JsonSerializer.Deserialize(record.Tuning, BackfillJson.Default.BackfillTuning);
        }
        catch (JsonException)
        {
            throw new SignalUnread($"its tuning is not JSON: {record.Tuning}");
        }
        return record.Wanted == BackfillWish.Pause ? "paused by hand" : null;
    }

    private async Task ReadAsync(Verdict verdict, string signal, Func<Task<string?>> read)
    {
        if (verdict.Lost is not null)
        {
            return;
        }
        reading = signal;
        try
        {
            if (await read() is { } reason)
            {
                verdict.Reasons.Add(reason);
            }
        }
        catch (SignalUnread unread)
        {
            verdict.Reasons.Add($"{signal} cannot be read ({unread.Message})");
        }
        catch (QueryFailure failure)
        {
            verdict.Reasons.Add($"{signal} cannot be read ({failure.Sentence.TrimEnd('.')})");
            verdict.Lost = failure.Lost ? failure : null;
        }
    }

    /// <summary>Left out when it does not get through: the next look says it again.</summary>
    private async Task SayAsync(Verdict verdict, BackfillProgress news, CancellationToken cancellation)
    {
        var held = news.Held is not null;
        if (verdict.Lost is not null || (said is { } before && before.Held == held && context.Time.GetElapsedTime(before.At) < Told))
        {
            return;
        }
        try
        {
            var state = held ? BackfillState.Held : BackfillState.Running;
            await context.Control.RunAsync(
                [store.Say(name, context.Run, state, JsonSerializer.Serialize(news, BackfillJson.Default.BackfillProgress), context.Time.GetUtcNow())], true, context.Engine.OneWriter ? 1 : 5, cancellation);
            said = (context.Time.GetTimestamp(), held);
        }
        catch (QueryFailure failure)
        {
            // One writer may have the database for as long as a batch takes.
            verdict.Lost = failure.Lost ? failure : null;
        }
    }

    /// <summary>Whoever waits stays held meanwhile.</summary>
    private async Task ReconnectAsync(QueryFailure lost, CancellationToken cancellation)
    {
        try
        {
            await (context.Control.ReconnectAsync?.Invoke(lost, cancellation) ?? Task.CompletedTask);
        }
        catch (QueryFailure)
        {
            // Not yet: the next look finds out.
        }
    }

    private void Open()
    {
        var before = looked;
        looked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        before.TrySetResult();
    }

    private sealed class Verdict
    {
        public List<string> Reasons { get; } = [];

        public BackfillWish Wanted { get; set; }

        public BackfillTuning? Tuning { get; set; }

        public QueryFailure? Lost { get; set; }
    }
}
