using EfSafeMigrate.Updates.Backfills.Throttles;

namespace EfSafeMigrate.Tests.Updates.Backfills;

public sealed class LagIsTold
{
    private readonly LagClock clock = new();

    [Fact]
    public void By_the_oldest_write_that_is_missing()
    {
        Look(0, ("a", 100, 100));
        Look(1, ("a", 100, 200));
        Look(2, ("a", 100, 300));
        Lag(2, "a").ShouldBe(1);
        Look(3, ("a", 250, 400));
        Lag(3, "a").ShouldBe(1);
        Look(4, ("a", 400, 400));
        Lag(4, "a").ShouldBe(0);
    }

    [Fact]
    public void Also_of_a_replica_that_stands_while_nothing_more_is_written()
    {
        Look(0, ("a", 100, 100));
        Look(1, ("a", 100, 200));
        Look(50, ("a", 100, 200));
        Lag(50, "a").ShouldBe(49);
    }

    [Fact]
    public void And_not_at_all_where_nothing_is_missing()
    {
        Look(0, ("a", 100, 100));
        Look(500, ("a", 100, 100));
        Lag(500, "a").ShouldBe(0);
    }

    [Fact]
    public void For_each_by_itself()
    {
        Look(0, ("a", 100, 100), ("b", 100, 100));
        Look(1, ("a", 200, 200), ("b", 100, 200));
        Look(9, ("a", 250, 300), ("b", 150, 300));
        (Lag(9, "a"), Lag(9, "b")).ShouldBe((0, 8));
    }

    [Fact]
    public void In_bytes_where_nobody_knows_the_age()
    {
        Look(0, ("a", 40, 100));
        Only(0).Old.ShouldBe(60);
        Look(1, ("a", 90, 900));
        Only(1).Old.ShouldBe(10);
        Look(2, ("a", 100, 900));
        Only(2).Old.ShouldBe(0);
        // One that joins later was late before it was seen.
        Look(3, ("a", 900, 900), ("b", 500, 900));
        clock.Lags(Seconds(3)).Select(each => each.Old).ShouldBe([0, 400]);
    }

    [Fact]
    public void With_the_time_for_which_one_is_gone()
    {
        Look(0, ("a", 100, 100), ("b", 100, 100));
        Look(5, ("a", 100, 100));
        Look(7, ("a", 100, 100));
        clock.Lags(Seconds(7)).Select(each => (each.Name, each.Gone.TotalSeconds)).ShouldBe([("a", 0), ("b", 7)]);
        clock.Forget("b");
        Only(7).Name.ShouldBe("a");
    }

    [Fact]
    public void Anew_after_a_failover()
    {
        Look(0, ("a", 1000, 1000), ("b", 1000, 1000));
        Look(1, ("a", 1000, 2000), ("b", 1000, 2000));
        Look(9, ("a", 500, 500));
        Only(9).ShouldBe(new ReplicaLag("a", TimeSpan.Zero));
    }

    [Fact]
    public void After_days_as_well()
    {
        Look(0, ("a", 0, 0));
        for (var look = 1; look <= 100_000; look++)
        {
            Look(look, ("a", 0, look));
        }
        Lag(100_000, "a").ShouldBe(99_999);
        Look(100_001, ("a", 60_000, 100_001));
        Lag(100_001, "a").ShouldBe(40_000, 1000d);
    }

    private ReplicaLag Only(double now) => clock.Lags(Seconds(now)).ShouldHaveSingleItem();

    private double Lag(double now, string name) => clock.Lags(Seconds(now)).Single(each => each.Name == name).Behind.TotalSeconds;

    private void Look(double now, params (string Name, long Applied, long Written)[] seen) => clock.Look(Seconds(now), [.. seen.Select(each => new ReplicaPosition(each.Name, each.Applied, each.Written))]);

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
