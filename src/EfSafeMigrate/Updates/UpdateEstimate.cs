using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;

namespace EfSafeMigrate.Updates;

/// <summary>How long commands last and what disk they take, from the sizes of the tables.</summary>
/// <param name="Low">The least to expect; null when a size is unknown.</param>
/// <param name="Disk">Bytes needed beside what is there, log included; null when a size is unknown.</param>
/// <param name="Basis">What the figures rest on.</param>
internal sealed record UpdateEstimate(TimeSpan? Low, TimeSpan? High, long? Disk, string Basis)
{
    public string Spoken => (Low, High) is ({ } low, { } high)
        ? high < TimeSpan.FromMilliseconds(10) ? "a few ms" : $"about {Say.Duration(Estimate.Middle(low, high))}"
        : "duration unknown";

    public static UpdateEstimate Of(IReadOnlyList<Situation> situations)
    {
        var lasting = situations.Where(situation => situation.Impact.Lasting).ToArray();
        if (lasting.Length == 0)
        {
            return new(TimeSpan.Zero, TimeSpan.FromMilliseconds(5), 0, "catalogue only");
        }
        var estimates = lasting.Select(situation => situation.Estimate).ToArray();
        var known = estimates.All(estimate => estimate.High is not null);
        var disks = lasting.Select(DiskOf).ToArray();
        return new(
            known ? Sum(estimates.Select(estimate => estimate.Low!.Value)) : null,
            known ? Sum(estimates.Select(estimate => estimate.High!.Value)) : null,
            disks.All(disk => disk is not null) ? disks.Sum() : null,
            string.Join(", ", estimates.Select(estimate => estimate.Basis).Distinct()));
    }

    /// <summary>
    /// A rewrite holds the table and its indexes twice and writes both to the log; an index is about 40 bytes a row and goes to the log too;
    /// a changed row is written anew, and to the log, before the old one is cleared away.
    /// </summary>
    private static long? DiskOf(Situation situation)
    {
        var work = situation.Impact.Work;
        if (work is Work.Metadata or Work.Scan)
        {
            return 0;
        }
        if (situation.Table is not { Rows.Value: { } rows } table)
        {
            return null;
        }
        // Where the engine does not know a table's bytes, 100 bytes a row.
        var bytes = table.Bytes.Value ?? rows * 100;
        var all = bytes + (table.IndexBytes.Value ?? 0);
        return (work.HasFlag(Work.Rewrite) ? 2 * all : 0) + (work.HasFlag(Work.IndexBuild) && !work.HasFlag(Work.Rewrite) ? 2 * rows * 40 : 0)
            + (work.HasFlag(Work.RowChanges) ? 2 * bytes : 0);
    }

    private static TimeSpan Sum(IEnumerable<TimeSpan> times) => times.Aggregate(TimeSpan.Zero, (sum, time) => sum + time);
}
