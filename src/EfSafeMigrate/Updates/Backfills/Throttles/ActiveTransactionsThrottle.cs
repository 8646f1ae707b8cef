using System.Globalization;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Sessions;
using Humanizer;

namespace EfSafeMigrate.Updates.Backfills.Throttles;

/// <summary>Others are busy: so many transactions of theirs are open.</summary>
internal sealed class ActiveTransactionsThrottle(Ask ask, int limit, string? needs) : Throttle
{
    public override string Signal => "the number of open transactions";

    public override async Task<string?> LookAsync(Connection control, TimeProvider time, CancellationToken cancellation)
    {
        var open = (long)await NumberAsync(control, ask, needs, cancellation);
        return open <= limit ? null
            : $"{"transaction".ToQuantity(open, "N0", CultureInfo.InvariantCulture)} of others {(open == 1 ? "is" : "are")} open, the limit is {limit.ToString("N0", CultureInfo.InvariantCulture)}";
    }
}
