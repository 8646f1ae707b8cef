using EfSafeMigrate.Engines;
using EfSafeMigrate.Updates.Backfills;

namespace EfSafeMigrate.Tests.Updates.Backfills;

public sealed class ProgressIsTold
{
    private const int Total = 100_000;

    private readonly ManualTime time = new();
    private long walked;

    [Fact]
    public void With_the_time_that_is_left()
    {
        var meter = Meter();
        BackfillProgress? last = null;
        for (var batch = 0; batch < 20; batch++)
        {
            last = Batch(meter, 1000, seconds: 0.2 + (batch % 3 * 0.05));
        }
        // A fifth is done, in 4.95 seconds.
        last!.Rate.ShouldBe(4040, 4040 * 0.1);
        last.Left!.Value.TotalSeconds.ShouldBe(19.8, 19.8 * 0.3);
    }

    [Fact]
    public void As_if_it_had_not_stood_still()
    {
        var meter = Meter();
        for (var batch = 0; batch < 20; batch++)
        {
            Batch(meter, 1000, seconds: 0.25);
        }
        var held = meter.Held("paused by hand", null);
        (held.Rate, held.Held).ShouldBe((0, "paused by hand"));
        held.Left!.Value.TotalSeconds.ShouldBe(20, 6d);
        time.Pass(3600);
        meter.Held("paused by hand", null);
        meter.Held(null, TimeSpan.FromSeconds(1));
        var next = Batch(meter, 1000, seconds: 0.25);
        next.Rate.ShouldBe(4000, 400d);
        next.Left!.Value.TotalSeconds.ShouldBe(20, 6d);
        (next.Held, next.Lag).ShouldBe((null, TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void By_a_percentage_that_only_grows_and_is_full_at_the_end_only()
    {
        var meter = Meter(total: 90_000);
        List<double> told = [meter.Now.Percent];
        while (walked < Total)
        {
            told.Add(Batch(meter, 5000, seconds: 0.1).Percent);
            told.Add(meter.Held(walked % 10_000 == 0 ? "held" : null, null).Percent);
        }
        told.ShouldBeInOrder();
        told[0].ShouldBe(0);
        told[^1].ShouldBe(99.9);
        meter.Done().Percent.ShouldBe(100);
    }

    private ProgressMeter Meter(long total = Total) =>
        new(new("fill", "t.c", "", "run", BackfillState.Running, total, BackfillWish.Run, "{}", "", time.GetUtcNow()), [new(1, KeyRange.All, null)], time);

    private BackfillProgress Batch(ProgressMeter meter, int rows, double seconds)
    {
        time.Pass(seconds);
        walked += rows;
        return meter.Batch(new(1, KeyRange.All, null) { Walked = walked, Changed = walked }, rows, TimeSpan.FromSeconds(seconds), waited: false);
    }
}
