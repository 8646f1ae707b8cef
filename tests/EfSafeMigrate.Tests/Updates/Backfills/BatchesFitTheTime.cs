using EfSafeMigrate.Updates.Backfills;

namespace EfSafeMigrate.Tests.Updates.Backfills;

public class BatchesFitTheTime
{
    private static readonly TimeSpan Target = TimeSpan.FromMilliseconds(200);

    private readonly BatchSize size = new() { Target = Target };
    private readonly Random random = new(5);

    [Theory]
    [InlineData(0.002)]
    [InlineData(0.01)]
    [InlineData(1)]
    public void They_last_as_long_as_they_should(double millisecondsARow)
    {
        Run(40, millisecondsARow);
        Run(20, millisecondsARow).ShouldAllBe(time => time > 0.5 * Target && time < 2 * Target || size.Current == BatchSize.Largest);
    }

    [Fact]
    public void Rows_that_become_twenty_times_as_dear_are_heard_of_within_five_batches()
    {
        Run(40, 0.01);
        Run(5, 0.2);
        Run(30, 0.2).ShouldAllBe(time => time > 0.5 * Target && time < 2 * Target);
    }

    [Fact]
    public void Rows_that_become_cheaper_let_batches_grow_by_half_at_most()
    {
        Run(40, 0.2);
        for (var batch = 0; batch < 30; batch++)
        {
            var before = size.Current;
            Run(1, 0.01);
            size.Current.ShouldBeLessThanOrEqualTo((int)(before * 1.5));
        }
        Run(10, 0.01).ShouldAllBe(time => time > 0.5 * Target && time < 2 * Target);
    }

    [Fact]
    public void They_are_never_smaller_or_larger_than_makes_sense()
    {
        Run(20, 500);
        size.Current.ShouldBe(BatchSize.Smallest);
        Run(60, 0.00001);
        size.Current.ShouldBe(BatchSize.Largest);
    }

    [Fact]
    public void A_size_that_was_given_stays()
    {
        size.Fixed = 70;
        Run(20, 3);
        size.Current.ShouldBe(70);
    }

    /// <summary>Batches of rows that cost so much, a tenth more or less.</summary>
    private List<TimeSpan> Run(int batches, double millisecondsARow)
    {
        List<TimeSpan> times = [];
        for (var batch = 0; batch < batches; batch++)
        {
            var rows = size.Current;
            times.Add(TimeSpan.FromMilliseconds(rows * millisecondsARow * (0.9 + 0.2 * random.NextDouble())));
            size.Took(rows, times[^1]);
        }
        return times;
    }
}
