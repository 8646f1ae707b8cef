using EfSafeMigrate.Facts;

namespace EfSafeMigrate.Reports;

/// <summary>The measured database in the JSON document; null there when no connection was given.</summary>
internal sealed record DatabaseDocument(
    string? Target, DateTimeOffset MeasuredAt, IReadOnlyDictionary<string, string> Settings,
    IReadOnlyList<TableDocument> Tables, IReadOnlyList<ProbeDocument> Probes, IReadOnlyList<string> Observations)
{
    public static DatabaseDocument? Of(Review review) => review.Facts.MeasuredAt is not { } at ? null : new(
        review.Facts.Target, at, review.Facts.Settings,
        [.. review.Facts.Tables.OrderBy(pair => pair.Key.ToString(), StringComparer.Ordinal).Select(pair => TableDocument.Of(pair.Key.ToString(), pair.Value))],
        [.. review.Facts.Probes.Select(ProbeDocument.Of)],
        Reports.Observations.Of(review));
}

internal sealed record TableDocument(string Table, long? Rows, [property: SpelledAs(typeof(FactBasis))] string RowsBasis, long? Bytes, long? IndexBytes, int? Partitions)
{
    public static TableDocument Of(string name, TableFacts facts) =>
        new(name, facts.Rows.Value, $"{facts.Rows.Basis}".ToKebab(), facts.Bytes.Value, facts.IndexBytes.Value, facts.Partitions);
}

internal sealed record ProbeDocument(
    [property: SpelledAs(typeof(ProbeKind))] string Kind, string Table, IReadOnlyList<string> Columns, long? Found, bool AtLeast, IReadOnlyList<string> Sample, long? Checked, string? Unanswered)
{
    public static ProbeDocument Of(Probe probe) =>
        new($"{probe.Kind}".ToKebab(), $"{probe.Table}", probe.Columns, probe.Found, probe.AtLeast, probe.Sample, probe.Checked, probe.Unanswered);
}
