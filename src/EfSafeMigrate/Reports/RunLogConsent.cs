using System.Globalization;
using EfSafeMigrate.Updates;
using EfSafeMigrate.Updates.Backups;

namespace EfSafeMigrate.Reports;

/// <summary>Who allowed what, as the journal tells it.</summary>
internal static class RunLogConsent
{
    public static IReadOnlyList<string> Lines(IReadOnlyList<JournalEntry> entries, string run, UpdatePlan? plan) =>
    [
        .. entries.Where(entry => entry.Run == run || (entry.Event is Approved approved && approved.PlanHash == plan?.Hash))
            .Select(entry => entry.Event is { } happened && Spoken(happened) is { } spoken
                ? string.Create(CultureInfo.InvariantCulture, $"- {happened.At.UtcDateTime:yyyy-MM-dd HH:mm:ss} {happened.By}: {spoken}") : null)
            .OfType<string>(),
    ];

    /// <summary>Of all runs, as Markdown without the mark of a list.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<JournalEntry> entries) => entries
        .Select(entry => entry.Event is { } happened and not OldWritesSeen && (OfAll(happened) ?? Spoken(happened)) is { } spoken
            ? Markdown.Text(string.Create(CultureInfo.InvariantCulture, $"{happened.At.UtcDateTime:yyyy-MM-dd HH:mm} UTC, {happened.By}: {spoken}")) : null)
        .OfType<string>();

    /// <summary>What belongs to no run.</summary>
    private static string? OfAll(RunEvent happened) => happened switch
    {
        MarkedProtected marked => $"marked the database as protected{Because(marked.Reason)}",
        StepDecided decided => $"decided that a command of {decided.Migration} {(decided.Done ? "had" : "had not")} taken effect{Because(decided.Reason)}",
        _ => null,
    };

    private static string? Spoken(RunEvent happened) => happened switch
    {
        Approved approved => $"approved{(approved.Destructive ? ", with what destroys data" : "")}, until {approved.Expires.UtcDateTime:yyyy-MM-dd HH:mm} UTC{Because(approved.Reason)}",
        Overridden overridden => $"set aside {overridden.Safeguard}{Because(overridden.Reason)}",
        LeftOut left => $"went without a {left.What}{Because(left.Reason)}",
        ReadersAttested attested => $"attested that nobody reads the old shape of {attested.Plan}{Because(attested.Reason)}",
        OldWritesSeen seen => $"looked for writes to the old shape of {seen.Plan}",
        _ => null,
    };

    private static string Because(string? reason) => string.IsNullOrWhiteSpace(reason) ? "" : $": {reason}";
}
