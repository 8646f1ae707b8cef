using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;

namespace EfSafeMigrate.Reports;

/// <summary>What the database said that belongs to no finding, one sentence each.</summary>
internal static class Observations
{
    private const int Named = 3;

    public static IReadOnlyList<string> Of(Review review)
    {
        var told = review.Findings.Select(finding => finding.Answer).OfType<Probe>().ToHashSet();
        return
        [
            .. Server(review.Facts),
            .. review.Facts.Tables.Where(pair => pair.Value.Partitions is not null).Select(pair => $"{pair.Key} is partitioned: {Partitions(pair.Value)}"),
            .. review.Facts.Probes.Where(probe => !told.Contains(probe)).OrderBy(probe => probe.Kind == ProbeKind.OpenTransaction ? 0 : 1).Select(Of).OfType<string>(),
        ];
    }

    private static IEnumerable<string> Server(FactSheet facts)
    {
        if (facts.Settings.GetValueOrDefault("in_recovery") == "on")
        {
            yield return "the server is a standby: it takes no migration, and its open transactions are not the primary's";
        }
        if (facts.Settings.GetValueOrDefault("default_transaction_read_only") == "on")
        {
            yield return "transactions are read only by default: a migration fails";
        }
    }

    private static string? Of(Probe probe) => probe switch
    {
        { Unanswered: { } why } => $"not known: {Subject(probe)} ({why})",
        { Found: not > 0 } => null,
        { Kind: ProbeKind.OpenTransaction } => $"open transactions: {Names(probe, "; ")}; a lock on a table that they use waits for them, and everybody else waits behind it",
        { Kind: ProbeKind.InvalidIndex } => $"{probe.Table} has an invalid index, left by a build that did not finish: {Names(probe)}",
        { Kind: ProbeKind.NearOverflow } => $"{Place(probe)} has reached {Names(probe)}",
        { Kind: ProbeKind.Dependent } => $"{Place(probe)} has dependents: {Names(probe)}",
        { Kind: ProbeKind.CannotBeMade } => $"{Place(probe)} cannot be made of {Probed.Count(probe, "rows")}{Probed.First(probe)}",
        { Kind: ProbeKind.DoNotReturn } => $"{Place(probe)} does not come back as it is in {Probed.Count(probe, "rows")}{Probed.First(probe)}",
        { Kind: ProbeKind.GoesToOne } => $"{Place(probe)} holds several values for {Probed.Count(probe, "rows")} of the table it goes to{Probed.First(probe)}",
        _ => $"{Place(probe)} holds {Probed.Count(probe, What(probe.Kind))}{Probed.First(probe)}",
    };

    private static string Subject(Probe probe) => probe.Kind switch
    {
        ProbeKind.OpenTransaction => "open transactions",
        ProbeKind.InvalidIndex => $"invalid indexes of {probe.Table}",
        ProbeKind.NearOverflow => $"the greatest {Place(probe)}",
        ProbeKind.Dependent => $"dependents of {Place(probe)}",
        _ => $"{What(probe.Kind)} in {Place(probe)}",
    };

    private static string What(ProbeKind kind) => kind switch
    {
        ProbeKind.Duplicates => "duplicates",
        ProbeKind.Nulls => "NULLs",
        ProbeKind.Orphans => "orphans",
        ProbeKind.Violations => "rows against the condition",
        ProbeKind.CannotBeMade => "rows it cannot be made of",
        ProbeKind.DoNotReturn => "values that do not come back",
        ProbeKind.HasNoPlace => "values without a row to take them",
        ProbeKind.StandsForNone => "values that stand for none",
        ProbeKind.GoesToOne => "different values for one row",
        _ => "values outside the new type",
    };

    private static string Place(Probe probe) =>
        probe.Columns.Count == 0 ? $"{probe.Table}"
        : probe.Kind == ProbeKind.Violations ? $"{probe.Table} ({probe.Columns[0]})"
        : Say.Columns(probe.Table, probe.Columns);

    private static string Names(Probe probe, string joint = ", ") =>
        string.Join(joint, probe.Sample.Take(Named)) + (probe.Found > probe.Sample.Count ? $"{joint}and {probe.Found - probe.Sample.Count} more" : "");

    private static string Partitions(TableFacts facts) => facts.Partitions == 1 ? "1 partition" : $"{facts.Partitions:N0} partitions";
}
