using EfSafeMigrate.Engines;
using EfSafeMigrate.Rules;
using EfSafeMigrate.Sessions;

namespace EfSafeMigrate.Updates.Backfills.Throttles;

/// <summary>Bytes of write-ahead log between two looks, whoever writes them: what is sent to replicas and archives.</summary>
internal sealed class LogRateThrottle(Ask ask, long limit) : Throttle
{
    private (long At, double Written)? last;

    public override string Signal => "the rate of the write-ahead log";

    public override async Task<string?> LookAsync(Connection control, TimeProvider time, CancellationToken cancellation)
    {
        (long At, double Written) now;
        try
        {
            now = (time.GetTimestamp(), await NumberAsync(control, ask, null, cancellation));
        }
        catch
        {
            last = null;
            throw;
        }
        var before = last;
        last = now;
        // Less than before: the server was replaced by another.
        if (before is not { } then || now.Written < then.Written)
        {
            return "the write-ahead log is being measured";
        }
        var rate = (now.Written - then.Written) / Math.Max(0.001, time.GetElapsedTime(then.At, now.At).TotalSeconds);
        return rate <= limit ? null : $"{Say.Bytes((long)rate)} of write-ahead log are written in a second, the limit is {Say.Bytes(limit)}";
    }
}
