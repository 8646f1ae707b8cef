using EfSafeMigrate.Updates.Backfills;

namespace EfSafeMigrate.Reports;

/// <summary>Of the progress of a backfill, which may come many times a second, what is worth a line.</summary>
internal sealed class Sparingly(TimeProvider time, TimeSpan pause)
{
    private long? last;
    private BackfillProgress? shown;

    public bool IsWorth(BackfillProgress progress)
    {
        if (last is { } at && time.GetElapsedTime(at) < pause && shown!.Name == progress.Name && shown.IsDone == progress.IsDone && shown.Held is null == progress.Held is null)
        {
            return false;
        }
        (last, shown) = (time.GetTimestamp(), progress);
        return true;
    }
}
