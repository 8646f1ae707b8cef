using EfSafeMigrate.Updates;

namespace EfSafeMigrate.Tests.Updates;

public sealed class OldShapesGrowQuiet
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 10, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Ten = TimeSpan.FromMinutes(10);

    [Fact]
    public void TheFirstLookProvesNothing() => Quiet(5).IsLongerThan(TimeSpan.Zero, Now).ShouldBeFalse();

    [Fact]
    public void TheSameCountTenMinutesLaterDoes()
    {
        Quiet(5, (-10, 5)).IsLongerThan(Ten, Now).ShouldBeTrue();
        Quiet(5, (-9, 5)).IsLongerThan(Ten, Now).ShouldBeFalse();
    }

    [Fact]
    public void AWriteBeginsItAnew()
    {
        var quiet = Quiet(6, (-60, 5), (-30, 5));
        quiet.IsLongerThan(Ten, Now).ShouldBeFalse();
        quiet.Sentence(Now).ShouldBe("The old shape was used between 2026-01-02 09:30:00 and 2026-01-02 10:00:00 UTC (1 write counted by counter).");
    }

    [Fact]
    public void AfterItTheTimeCountsFromTheLookThatSawIt()
    {
        var quiet = Quiet(6, (-60, 5), (-20, 6), (-5, 6));
        quiet.IsLongerThan(Ten, Now).ShouldBeTrue();
        quiet.IsLongerThan(TimeSpan.FromMinutes(21), Now).ShouldBeFalse();
    }

    [Fact]
    public void ACounterThatNobodyLookedAtBeforeProvesNothing() =>
        QuietTime.Of([Seen(-60, "another", 5)], new OldShape("Plan", new Dictionary<string, long> { ["another"] = 5, ["counter"] = 0 }), Now).IsLongerThan(Ten, Now).ShouldBeFalse();

    [Fact]
    public void ACounterThatWentBackProvesNothing() => Quiet(0, (-60, 5)).IsLongerThan(Ten, Now).ShouldBeFalse();

    private static QuietTime Quiet(long count, params (int Minutes, long Count)[] seen) =>
        QuietTime.Of([.. seen.Select(each => Seen(each.Minutes, "counter", each.Count))], new OldShape("Plan", new Dictionary<string, long> { ["counter"] = count }), Now);

    private static OldWritesSeen Seen(int minutes, string counter, long count) =>
        new("Plan", new Dictionary<string, long> { [counter] = count }) { At = Now.AddMinutes(minutes) };
}
