using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Facts;

/// <summary>How long the work of a change lasts.</summary>
/// <param name="Low">The least to expect; null when the table's size is unknown.</param>
/// <param name="High">The most to expect; null when the table's size is unknown.</param>
/// <param name="Basis">What the figures rest on, as a clause.</param>
internal sealed record Estimate(TimeSpan? Low, TimeSpan? High, string Basis)
{
    /// <summary>Milliseconds a catalogue change takes once it has its lock (measured: 0.2 to 5 ms).</summary>
    private static readonly TimeSpan Catalogue = TimeSpan.FromMilliseconds(5);

    public static Estimate Of(Impact impact, TableFacts facts, Rates rates)
    {
        if (!impact.Lasting)
        {
            return new(TimeSpan.Zero, Catalogue, "catalogue only");
        }
        if (facts.Rows.Value is not { } rows)
        {
            return new(null, null, "size unknown, taken as large");
        }
        var seconds = Seconds(impact.Work, Work.Scan, rows, rates.Scan)
            + Seconds(impact.Work, Work.IndexBuild, rows, rates.IndexBuild)
            + Seconds(impact.Work, Work.Rewrite, rows, rates.Rewrite)
            + Seconds(impact.Work, Work.RowChanges, rows, rates.RowChanges);
        var basis = facts.Rows.Basis == FactBasis.Measured ? "measured rows" : "assumed rows";
        // Rates are for an idle two-core server; busy or slow storage is up to four times slower, a good server twice as fast.
        return new(TimeSpan.FromSeconds(seconds / 2), TimeSpan.FromSeconds(seconds * 4), $"{rows:N0} {basis}");
    }

    /// <summary>The figures span a range of eight; the geometric middle is as far from both ends.</summary>
    public static TimeSpan Middle(TimeSpan low, TimeSpan high) => TimeSpan.FromSeconds(Math.Sqrt(low.TotalSeconds * high.TotalSeconds));

    private static double Seconds(Work work, Work part, long rows, long perSecond) =>
        work.HasFlag(part) ? (double)rows / perSecond : 0;
}
