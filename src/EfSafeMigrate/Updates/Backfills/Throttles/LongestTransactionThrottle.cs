using EfSafeMigrate.Engines;
using EfSafeMigrate.Rules;
using EfSafeMigrate.Sessions;

namespace EfSafeMigrate.Updates.Backfills.Throttles;

/// <summary>While a transaction is open, the old forms of all rows written meanwhile stay.</summary>
internal sealed class LongestTransactionThrottle(Ask ask, TimeSpan limit, string? needs) : Throttle
{
    public override string Signal => "the age of the oldest transaction";

    public override async Task<string?> LookAsync(Connection control, TimeProvider time, CancellationToken cancellation)
    {
        var age = TimeSpan.FromSeconds(await NumberAsync(control, ask, needs, cancellation));
        return age <= limit ? null : $"a transaction of others is open for {Say.Duration(age)}, the limit is {Say.Duration(limit)}";
    }
}
