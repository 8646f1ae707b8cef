using EfSafeMigrate.Sessions;
using EfSafeMigrate.Settings;

namespace EfSafeMigrate.Updates.Backfills.Throttles;

/// <summary>Only at certain hours, by the clock on the wall of the machine that the tool runs on.</summary>
internal sealed class WindowThrottle(DayWindow window) : Throttle
{
    public override string Signal => "the time of day";

    public override Task<string?> LookAsync(Connection control, TimeProvider time, CancellationToken cancellation) =>
        Task.FromResult(window.Contains(TimeOnly.FromDateTime(time.GetLocalNow().DateTime)) ? null : $"not between {window}");
}
