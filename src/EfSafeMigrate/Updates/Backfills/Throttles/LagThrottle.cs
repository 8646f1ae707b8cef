using System.Globalization;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Rules;
using EfSafeMigrate.Sessions;

namespace EfSafeMigrate.Updates.Backfills.Throttles;

/// <summary>
/// The slowest replica is too late. One that was behind already when it was first seen is late by bytes until it has caught up to there; one
/// that goes away is waited for, and given up after a while.
/// </summary>
/// <param name="asked">Null when nobody asked: then replicas that the user may not see are left alone.</param>
internal sealed class LagThrottle(Ask replicas, TimeSpan? asked, string? needs, Action<string> note) : Throttle
{
    public static readonly TimeSpan Usual = TimeSpan.FromSeconds(10);
    public static readonly TimeSpan GivenUpAfter = TimeSpan.FromMinutes(1);

    /// <summary>A segment of the log as servers have it unless told otherwise.</summary>
    public const long Old = 16L << 20;

    private readonly LagClock clock = new();
    private readonly TimeSpan limit = asked ?? Usual;
    private long? began;
    private bool blind;
    private bool read;

    public override string Signal => "the lag of the replicas";

    /// <summary>Of the slowest replica; null when there is none, or nobody may see it.</summary>
    public TimeSpan? Lag { get; private set; }

    public override async Task<string?> LookAsync(Connection control, TimeProvider time, CancellationToken cancellation)
    {
        if (blind)
        {
            return null;
        }
        Lag = null;
        var rows = await RowsAsync(control, replicas, cancellation);
        if (rows.Any(row => row[1] is null || row[2] is null))
        {
            return Hidden();
        }
        read = true;
        var now = time.GetElapsedTime(began ??= time.GetTimestamp());
        clock.Look(now, [.. rows.Select(row => new ReplicaPosition(row[0]!, Number(row[1]), Number(row[2])))]);
        foreach (var gone in clock.Lags(now).Where(each => each.Gone >= GivenUpAfter).ToArray())
        {
            clock.Forget(gone.Name);
            note($"The replica {gone.Name} was not seen for {Say.Duration(gone.Gone)} and is not waited for any more.");
        }
        var lags = clock.Lags(now);
        Lag = lags.Count == 0 ? null : lags.Max(each => each.Behind);
        return lags.Select(Why).OfType<string>().FirstOrDefault();
    }

    private string? Hidden()
    {
        var reason = $"this user may not see how far they are{(needs is null ? "" : $" without {needs}")}";
        if (asked is not null || read)
        {
            throw new SignalUnread(reason);
        }
        blind = true;
        note($"Nobody watches the lag of the replicas: {reason}.");
        return null;
    }

    private string? Why(ReplicaLag replica) =>
        replica.Gone > TimeSpan.Zero ? $"replica {replica.Name} has gone away; it is waited for until it is gone for {Say.Duration(GivenUpAfter)}"
        : replica.Behind > limit ? string.Create(CultureInfo.InvariantCulture, $"replica {replica.Name} is {replica.Behind.TotalSeconds:0.0} s behind, the limit is {Say.Duration(limit)}")
        : replica.Old > Old ? $"replica {replica.Name} has {Say.Bytes(replica.Old)} to apply that are older than this run"
        : null;

    private static long Number(string? text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
        : throw new SignalUnread($"`{text}` is not a position");
}
