using System.Globalization;
using EfSafeMigrate.Rules;
using EfSafeMigrate.Updates.Backfills;

namespace EfSafeMigrate.Reports;

/// <summary>How far a backfill is, in one line or in a few.</summary>
internal static class ProgressText
{
    private const int Cells = 16;

    /// <summary>For a log: everything that matters, on one line.</summary>
    public static string Line(BackfillProgress progress) => string.Create(
        CultureInfo.InvariantCulture, $"  {progress.Percent,5:0.0} %  {progress.Walked:N0} of {Total(progress)} · {Rate(progress)}{Left(progress)}{(progress.Held is { } held ? $" · stands still: {held}" : "")}");

    public static string Line(VerifyProgress proof) => string.Create(
        CultureInfo.InvariantCulture, $"proving: {proof.Rows:N0} of {Math.Max(proof.Total, proof.Rows):N0} rows looked at");

    /// <summary>For a screen: the bar, then where it is and how big the batches are, then who waits for whom.</summary>
    public static IReadOnlyList<string> Lines(BackfillProgress progress) =>
    [
        string.Create(CultureInfo.InvariantCulture, $"{Bar(progress.Percent)} {progress.Percent,4:0} %     {Rate(progress)}"),
        string.Create(CultureInfo.InvariantCulture, $"{progress.Walked:N0} of {Total(progress)} · batch {progress.Batch:N0} ({progress.Took.TotalMilliseconds:0} ms){Left(progress)}"),
        string.Join(" · ", Others(progress)),
    ];

    private static string Bar(double percent)
    {
        var full = (int)(percent / 100 * Cells);
        return new string('█', full) + new string('░', Cells - full);
    }

    private static string Total(BackfillProgress progress) => progress.Total.ToString("N0", CultureInfo.InvariantCulture);

    private static string Rate(BackfillProgress progress) => string.Create(CultureInfo.InvariantCulture, $"{progress.Rate:N0} rows/s");

    private static string Left(BackfillProgress progress) => progress is { IsDone: false, Left: { } left } ? $" · {Say.Duration(left)} left" : "";

    private static IEnumerable<string> Others(BackfillProgress progress)
    {
        if (progress.Held is { } held)
        {
            yield return $"stands still: {held}";
        }
        if (progress.Lag is { } lag)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"replica lag {lag.TotalSeconds:0.0} s");
        }
        if (progress.Quarantined > 0)
        {
            yield return $"{progress.Quarantined} rows set aside";
        }
        yield return progress.LockWaits == 0 ? "no one waits" : $"{progress.LockWaits} batches went around rows that others hold";
    }
}
