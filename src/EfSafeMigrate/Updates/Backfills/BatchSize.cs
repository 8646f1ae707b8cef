namespace EfSafeMigrate.Updates.Backfills;

/// <summary>
/// How many rows the next batch takes, so that it lasts as long as it should: from what a row cost in nine of the last ten batches. It grows by
/// half at most, and shrinks at once when a batch took five times too long.
/// </summary>
internal sealed class BatchSize(int first = 1000)
{
    public const int Smallest = 10;
    public const int Largest = 100_000;

    private const int Remembered = 10;
    private const double Growth = 1.5;
    private const double FarTooLong = 5;

    private readonly Queue<double> costs = new();
    private int current = first;

    /// <summary>Rows; null to go by the target.</summary>
    public int? Fixed { get; set; }

    public TimeSpan Target { get; set; } = TimeSpan.FromMilliseconds(200);

    public int Current => Fixed ?? current;

    /// <param name="rows">As many as the batch looked at.</param>
    public void Took(long rows, TimeSpan time)
    {
        if (rows <= 0)
        {
            return;
        }
        var cost = Math.Max(time.TotalMilliseconds, 0.01) / rows;
        if (time > Target * FarTooLong)
        {
            costs.Clear();
        }
        costs.Enqueue(cost);
        if (costs.Count > Remembered)
        {
            costs.Dequeue();
        }
        var sorted = costs.Order().ToArray();
        var fitting = Target.TotalMilliseconds / sorted[(int)Math.Ceiling(sorted.Length * 0.9) - 1];
        current = (int)Math.Clamp(Math.Min(fitting, current * Growth), Smallest, Largest);
    }
}
