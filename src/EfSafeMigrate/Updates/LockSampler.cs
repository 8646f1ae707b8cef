using System.Diagnostics;
using System.Globalization;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Sessions;

namespace EfSafeMigrate.Updates;

/// <summary>Somebody who holds what a step waits for.</summary>
/// <param name="Age">How long its transaction has been open.</param>
internal sealed record Blocker(int Process, string Application, TimeSpan Age, string Statement);

/// <summary>
/// Looks from a second connection, about twenty times a second, at what the working session holds and who waits: the longest hold of a
/// lock that stops others, the longest wait of another session, and who is in the step's own way.
/// </summary>
/// <param name="history">EF's own table, which EF locks and only EF waits for.</param>
internal sealed class LockSampler(Session watch, Engine engine, int backend, TableName? history)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    private readonly Dictionary<(string Table, string Mode), long> held = [];
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private bool seen;

    public LockTime? LongestHold { get; private set; }

    public TimeSpan LongestWait { get; private set; }

    /// <summary>Who was in the way at the last look; empty when nobody was.</summary>
    public IReadOnlyList<Blocker> Blockers { get; private set; } = [];

    /// <summary>Who was in the way last, at any look.</summary>
    public Blocker? LastBlocker { get; private set; }

    /// <summary>The server has ended the session that works, and the driver has not heard of it: its network is cut without a word.</summary>
    public bool Gone { get; private set; }

    /// <summary>Why the looking stopped before the step did; null as long as it goes on.</summary>
    public string? Blind { get; private set; }

    /// <summary>Looks until cancelled. A look that fails ends the sampling, never the step.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        if (engine.Updates.Locks?.Invoke(backend) is not { } ask)
        {
            return;
        }
        Blind = null;
        try
        {
            while (!cancellation.IsCancellationRequested)
            {
                var result = await watch.QueryAsync(ask.Sql, ask.Parameters, timeoutSeconds: 5, cancellation);
                Look(result.Rows);
                await Task.Delay(Pause, cancellation);
            }
        }
        catch (OperationCanceledException)
        {
            // The step has ended.
        }
        catch (QueryFailure failure)
        {
            Blind = failure.Sentence;
        }
    }

    private void Look(IReadOnlyList<IReadOnlyList<string?>> rows)
    {
        // A pooler gives its clients numbers that no process has.
        var present = rows.Any(row => row[0] == "present");
        (seen, Gone) = (seen || present, seen && !present);
        var now = clock.ElapsedMilliseconds;
        var holds = rows.Where(row => row[0] == "holds" && !IsHistory(row[1])).Select(row => (row[1]!, row[2]!)).ToHashSet();
        foreach (var gone in held.Keys.Except(holds).ToArray())
        {
            held.Remove(gone);
        }
        foreach (var hold in holds)
        {
            var since = held.TryGetValue(hold, out var begun) ? begun : held[hold] = now;
            if (LongestHold is null || now - since > LongestHold.Milliseconds)
            {
                LongestHold = new LockTime(hold.Item1, hold.Item2, now - since);
            }
        }
        foreach (var row in rows.Where(row => row[0] == "blocks" && !IsHistory(row[4])))
        {
            var waited = TimeSpan.FromMilliseconds(Number(row[3]));
            LongestWait = waited > LongestWait ? waited : LongestWait;
        }
        Blockers = [.. rows.Where(row => row[0] == "blocked-by").Select(row => new Blocker((int)Number(row[1]), row[2] ?? "", TimeSpan.FromMilliseconds(Number(row[3])), row[4] ?? ""))];
        LastBlocker = Blockers.Count > 0 ? Blockers[0] : LastBlocker;
    }

    /// <param name="table">With its schema.</param>
    private bool IsHistory(string? table) => history is not null && table is not null
        && (history.Schema is null ? table.EndsWith($".{history.Name}", StringComparison.Ordinal) : table == $"{history.Schema}.{history.Name}");

    private static long Number(string? text) => long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
