using System.Diagnostics;
using System.Globalization;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Sessions;

namespace EfSafeMigrate.Updates;

/// <param name="After">How long to go on watching after the run.</param>
/// <param name="Queries">Of the team, by name.</param>
internal sealed record WatchSettings(TimeSpan After, IReadOnlyDictionary<string, string> Queries);

/// <summary>
/// How the database fares, sampled on a connection of its own before, during and after a run: how long the team's queries take, and what the
/// engine says of locks, rollbacks and statements of others. Trouble with a sample is an answer too, and never the run's.
/// </summary>
internal sealed class Pulse : IAsyncDisposable
{
    private const string Answer = "an answer of the server";
    private const int LimitSeconds = 5;
    private const int Baseline = 3;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly Session session;
    private readonly RunContext run;
    private readonly WatchSettings settings;
    private readonly List<Sample> samples = [];
    private readonly Dictionary<string, (double Total, TimeSpan At)> totals = [];
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly CancellationTokenSource stop = new();
    private Task sampling = Task.CompletedTask;
    private double? first;

    private Pulse(Session session, RunContext run, WatchSettings settings) => (this.session, this.run, this.settings) = (session, run, settings);

    /// <summary>Takes the samples to compare with, then goes on beside the run.</summary>
    public static async Task<Pulse> StartAsync(Session session, RunContext run, WatchSettings settings, CancellationToken cancellation)
    {
        var pulse = new Pulse(session, run, settings);
        StatementMessage[] begin = [.. run.Engine.Updates.Begin(Operator.Mark(run.Id), run.Version).Select(sql => new StatementMessage(sql))];
        if (begin.Length > 0)
        {
            await session.RunAsync(begin, transaction: false, cancellation);
        }
        await pulse.TakeAsync(WatchSpan.Before, Baseline, cancellation);
        pulse.sampling = pulse.TakeAsync(WatchSpan.During, int.MaxValue, pulse.stop.Token);
        return pulse;
    }

    /// <summary>After the run: samples for as long as was asked, and tells the difference. Stopping it early is no failure.</summary>
    public async Task<IReadOnlyList<Vital>> FinishAsync(CancellationToken cancellation)
    {
        await StopAsync();
        var times = Math.Max(Baseline, (int)Math.Ceiling(settings.After / Pause));
        if (settings.After > TimeSpan.Zero)
        {
            run.Tell(new StillWatching(settings.After));
        }
        await TakeAsync(WatchSpan.After, times, cancellation);
        var vitals = Vitals();
        run.Tell(new Fared(vitals));
        return vitals;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        stop.Dispose();
    }

    private async Task StopAsync()
    {
        await stop.CancelAsync();
        await sampling;
    }

    private async Task TakeAsync(WatchSpan span, int times, CancellationToken cancellation)
    {
        try
        {
            for (var taken = 0; taken < times; taken++)
            {
                if (run.Engine.Updates.Vitals is { } vitals)
                {
                    await VitalsAsync(span, vitals, cancellation);
                }
                await TimeAsync(span, Answer, "SELECT 1", cancellation);
                foreach (var (name, sql) in settings.Queries)
                {
                    await TimeAsync(span, name, sql, cancellation);
                }
                await Task.Delay(Pause, cancellation);
            }
        }
        catch (OperationCanceledException)
        {
            // Enough.
        }
    }

    private async Task TimeAsync(WatchSpan span, string name, string sql, CancellationToken cancellation)
    {
        var time = Stopwatch.StartNew();
        try
        {
            await session.QueryAsync(sql, [], LimitSeconds, cancellation);
            samples.Add(new(span, name, "ms", time.Elapsed.TotalMilliseconds));
        }
        catch (QueryFailure failure)
        {
            var late = time.Elapsed.TotalSeconds >= LimitSeconds;
            samples.Add(new(span, name, "ms", null) { Error = !late, Timeout = late });
            await ReopenAsync(failure, cancellation);
        }
    }

    private async Task VitalsAsync(WatchSpan span, Engines.Ask ask, CancellationToken cancellation)
    {
        try
        {
            foreach (var row in (await session.QueryAsync(ask.Sql, ask.Parameters, LimitSeconds, cancellation)).Rows)
            {
                var (name, kind, value) = (row[0]!, row[1], double.Parse(row[2] ?? "0", CultureInfo.InvariantCulture));
                if (kind == "rollbacks")
                {
                    value = OfOthers(value);
                }
                if (kind == "now")
                {
                    samples.Add(new(span, name, "", value));
                    continue;
                }
                if (totals.TryGetValue(name, out var before) && clock.Elapsed > before.At)
                {
                    samples.Add(new(span, name, "", (value - before.Total) / (clock.Elapsed - before.At).TotalSeconds));
                }
                totals[name] = (value, clock.Elapsed);
            }
        }
        catch (QueryFailure failure)
        {
            await ReopenAsync(failure, cancellation);
        }
    }

    /// <summary>
    /// Each read of the tool ends in a rollback, which the server counts later, some of those before the first sample as well: never before
    /// it is known here.
    /// </summary>
    private double OfOthers(double rollbacks)
    {
        first ??= rollbacks;
        return Math.Max(0, rollbacks - session.Reads - first.Value);
    }

    private async Task ReopenAsync(QueryFailure failure, CancellationToken cancellation)
    {
        if (!failure.Lost)
        {
            return;
        }
        try
        {
            await session.ReopenAsync(cancellation);
        }
        catch (QueryFailure)
        {
            // The next sample tries again.
        }
    }

    private Vital[] Vitals() =>
    [
        .. samples.GroupBy(sample => (sample.Name, sample.Unit)).Select(group => new Vital(group.Key.Name, group.Key.Unit)
        {
            Values = Of(span => Middle([.. group.Where(sample => sample.Span == span && sample.Value is not null).Select(sample => sample.Value!.Value)], group.Key.Unit.Length > 0)),
            Errors = Of(span => group.Count(sample => sample.Span == span && sample.Error)),
            Timeouts = Of(span => group.Count(sample => sample.Span == span && sample.Timeout)),
        }),
    ];

    private static Dictionary<WatchSpan, T> Of<T>(Func<WatchSpan, T> value) => Enum.GetValues<WatchSpan>().ToDictionary(span => span, value);

    private static double? Middle(double[] values, bool median) => values.Length == 0 ? null : median ? values.Order().ElementAt(values.Length / 2) : values.Average();

    private sealed record Sample(WatchSpan Span, string Name, string Unit, double? Value)
    {
        public bool Error { get; init; }
        public bool Timeout { get; init; }
    }
}
