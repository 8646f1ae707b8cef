namespace EfSafeMigrate.Updates.Backfills;

/// <summary>How fast a backfill has been lately. Time in which it stood still does not count.</summary>
internal sealed class BackfillPace(TimeProvider time)
{
    private static readonly TimeSpan Lately = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(1);

    private readonly Queue<(TimeSpan Worked, long Walked)> looks = [];
    private (TimeSpan Worked, long Walked) now;
    private long? at;

    /// <summary>Rows a second; 0 while there is nothing to tell it from.</summary>
    public double Rate => looks.TryPeek(out var first) && now.Worked - first.Worked >= Enough ? (now.Walked - first.Walked) / (now.Worked - first.Worked).TotalSeconds : 0;

    /// <param name="walked">Rows so far.</param>
    /// <param name="stood">It has stood still since the last look.</param>
    public void Look(long walked, bool stood)
    {
        var then = at ?? time.GetTimestamp();
        at = time.GetTimestamp();
        now = (now.Worked + (stood ? TimeSpan.Zero : time.GetElapsedTime(then, at.Value)), walked);
        looks.Enqueue(now);
        while (now.Worked - looks.Peek().Worked > Lately)
        {
            looks.Dequeue();
        }
    }

    /// <summary>How long the rest takes at this rate; null when nobody can tell.</summary>
    public TimeSpan? Left(long walked, long total) => Rate is > 0 and var rate && total > walked ? TimeSpan.FromSeconds(Math.Min((total - walked) / rate, 1e8)) : null;
}
