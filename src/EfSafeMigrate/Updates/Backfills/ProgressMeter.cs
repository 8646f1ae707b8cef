using System.Text.Json;

namespace EfSafeMigrate.Updates.Backfills;

/// <summary>Sums up what the workers have done, and how fast they are.</summary>
internal sealed class ProgressMeter
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(15);

    private readonly object gate = new();
    private readonly Dictionary<int, BackfillPart> parts;
    private readonly Queue<(TimeSpan Worked, long Walked)> samples = new();
    private readonly TimeProvider time;
    private readonly long began;
    private BackfillProgress last;
    private TimeSpan stood;
    private long? held;

    public ProgressMeter(BackfillRecord record, IReadOnlyList<BackfillPart> parts, TimeProvider time)
    {
        this.parts = parts.ToDictionary(part => part.Number);
        (this.time, began) = (time, time.GetTimestamp());
        last = new(record.Name, Walked, Changed, record.Total);
        samples.Enqueue((TimeSpan.Zero, Walked));
    }

    public long Walked => parts.Values.Sum(part => part.Walked);

    public long Changed => parts.Values.Sum(part => part.Changed);

    public BackfillProgress Now
    {
        get
        {
            lock (gate)
            {
                return last;
            }
        }
    }

    public string Json => JsonSerializer.Serialize(Now, BackfillJson.Default.BackfillProgress);

    /// <param name="next">Rows of the next batch.</param>
    /// <param name="waited">It met rows that somebody else held.</param>
    public BackfillProgress Batch(BackfillPart part, int next, TimeSpan took, bool waited)
    {
        lock (gate)
        {
            parts[part.Number] = part;
            var (now, walked) = (Worked, Walked);
            samples.Enqueue((now, walked));
            while (samples.Count > 2 && now - samples.Peek().Worked > Window)
            {
                samples.Dequeue();
            }
            var (since, from) = samples.Peek();
            var seconds = (now - since).TotalSeconds;
            var rate = seconds > 0 ? (walked - from) / seconds : 0;
            // A table that turns out longer than it was said to be has a new length.
            var total = Math.Max(last.Total, walked);
            return last = last with
            {
                Walked = walked,
                Changed = Changed,
                Total = total,
                Rate = rate,
                Left = rate > 0 ? TimeSpan.FromSeconds((total - walked) / rate) : null,
                Batch = next,
                Took = took,
                LockWaits = last.LockWaits + (waited ? 1 : 0),
            };
        }
    }

    public BackfillProgress SetAside()
    {
        lock (gate)
        {
            return last = last with { Quarantined = last.Quarantined + 1 };
        }
    }

    /// <summary>While it stands still there is no rate, and the time does not count for the one that comes after.</summary>
    public BackfillProgress Held(string? why, TimeSpan? lag)
    {
        lock (gate)
        {
            if (why is null && held is { } since)
            {
                (stood, held) = (stood + time.GetElapsedTime(since), null);
            }
            else if (why is not null)
            {
                held ??= time.GetTimestamp();
            }
            return last = last with { Held = why, Lag = lag, Rate = why is null ? last.Rate : 0 };
        }
    }

    /// <summary>Every row was walked over.</summary>
    public BackfillProgress Done()
    {
        lock (gate)
        {
            return last = last with { Held = null, Left = TimeSpan.Zero, IsDone = true };
        }
    }

    /// <summary>Since it began, without the time in which it stood still.</summary>
    private TimeSpan Worked => (held is { } since ? time.GetElapsedTime(began, since) : time.GetElapsedTime(began)) - stood;
}
