namespace EfSafeMigrate.Tests.Updates.Backfills;

/// <summary>A clock that goes on when it is told to.</summary>
internal sealed class ManualTime(DateTimeOffset begin, TimeZoneInfo? zone = null) : TimeProvider
{
    private DateTimeOffset now = begin.ToUniversalTime();

    public ManualTime()
        : this(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero))
    {
    }

    public override TimeZoneInfo LocalTimeZone => zone ?? TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => now;

    public override long GetTimestamp() => now.UtcTicks;

    public void Pass(double seconds) => now += TimeSpan.FromSeconds(seconds);
}
