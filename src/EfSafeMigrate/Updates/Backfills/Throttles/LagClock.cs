namespace EfSafeMigrate.Updates.Backfills.Throttles;

/// <summary>How far a replica is, by the bytes of the log.</summary>
/// <param name="Written">What was written on the primary at the same moment.</param>
internal sealed record ReplicaPosition(string Name, long Applied, long Written);

/// <param name="Behind">The age of the oldest write that it has not applied, as far as writes were seen.</param>
internal sealed record ReplicaLag(string Name, TimeSpan Behind)
{
    /// <summary>Bytes that were written before the replica was first seen, whose age nobody knows, and that it has not applied yet.</summary>
    public long Old { get; init; }

    /// <summary>For how long nobody has seen it; zero while it is there.</summary>
    public TimeSpan Gone { get; init; }
}

/// <summary>
/// Tells how late replicas are from positions alone. Each look says what was written at that time; a replica is as late as the first of these
/// positions that it has not reached is old. A position between two looks counts as the later one: what is said is too little by one look at most.
/// </summary>
internal sealed class LagClock
{
    private const int Most = 4096;

    private readonly List<(TimeSpan At, long Written)> samples = [];
    private readonly Dictionary<string, Replica> replicas = [];

    public void Look(TimeSpan now, IReadOnlyList<ReplicaPosition> seen)
    {
        foreach (var position in seen)
        {
            Write(now, position.Written);
            var known = replicas.GetValueOrDefault(position.Name);
            replicas[position.Name] = new(position.Applied, known?.Met ?? position.Written, now);
        }
        if (replicas.Count > 0)
        {
            var reached = replicas.Values.Min(replica => replica.Applied);
            var first = samples.FindIndex(sample => sample.Written > reached);
            samples.RemoveRange(0, first < 0 ? samples.Count - 1 : first);
        }
    }

    /// <summary>By name.</summary>
    public IReadOnlyList<ReplicaLag> Lags(TimeSpan now) =>
    [
        .. replicas.OrderBy(each => each.Key, StringComparer.Ordinal).Select(each => new ReplicaLag(each.Key, Behind(each.Value, now))
        {
            Old = Math.Max(0, each.Value.Met - each.Value.Applied),
            Gone = now - each.Value.Seen,
        }),
    ];

    /// <summary>It does not come back, or is another when it does.</summary>
    public void Forget(string name) => replicas.Remove(name);

    private TimeSpan Behind(Replica replica, TimeSpan now)
    {
        var at = samples.FindIndex(sample => sample.Written > replica.Applied);
        return at < 0 ? TimeSpan.Zero : now - samples[at].At;
    }

    private void Write(TimeSpan now, long written)
    {
        if (samples.Count > 0 && written < samples[^1].Written)
        {
            // The log of another server, after a failover: the old positions say nothing of it.
            samples.Clear();
            replicas.Clear();
        }
        if (samples.Count == 0 || written > samples[^1].Written)
        {
            samples.Add((now, written));
        }
        if (samples.Count > Most)
        {
            Thin();
        }
    }

    /// <summary>Days of looks: half as many tell the age of the oldest to a thousandth.</summary>
    private void Thin()
    {
        var step = (samples[^1].At - samples[0].At) / (Most / 2);
        var kept = samples[0].At - step;
        samples.RemoveAll(sample =>
        {
            var goes = sample.At - kept < step;
            kept = goes ? kept : sample.At;
            return goes;
        });
    }

    /// <param name="Met">What was written when it was first seen.</param>
    private sealed record Replica(long Applied, long Met, TimeSpan Seen);
}
