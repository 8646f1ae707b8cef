using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;

namespace EfSafeMigrate.Rules;

/// <summary>The answer of a live probe as a clause; what would be found when nobody asked.</summary>
internal static class Probed
{
    private const int Shown = 3;

    /// <param name="what">What was looked for, in the plural, for example <c>duplicates</c>.</param>
    /// <param name="unasked">The clause that stands when there is no answer.</param>
    public static string Of(Situation situation, Probe? probe, string what, string unasked) => probe switch
    {
        null => unasked,
        { Unanswered: { } why } => $"{unasked} (looked for {what}: {why})",
        { Found: > 0 } when ChangesRows(situation) =>
            $"{Count(probe, what)} now{First(probe)}, and it fails unless the statements before it remove them",
        { Found: > 0 } => $"it fails on {Count(probe, what)}{First(probe)}",
        { Checked: { } rows } => $"{Say.Rows(rows)} {(rows == 1 ? "holds" : "hold")} no {what} now",
        _ => $"the rows hold no {what} now",
    };

    /// <summary><c>1 orphan</c>, <c>3 orphans</c>, <c>at least 1,000 orphans</c>, or <c>one or more orphans</c> where the first one ended the search.</summary>
    public static string Count(Probe probe, string what) => probe switch
    {
        { AtLeast: true, Found: 1 } => $"one or more {what}",
        { AtLeast: true, Found: var found } => $"at least {found:N0} {what}",
        { Found: 1 } => string.Join(' ', ["1", .. what.Split(' ').Select((word, index) => index == 0 ? word.TrimEnd('s') : word)]),
        { Found: var found } => $"{found:N0} {what}",
    };

    /// <summary>True when every row was looked at and nothing stands in the way.</summary>
    public static bool Holds(Probe? probe) => probe is { Found: 0, Unanswered: null };

    /// <summary>A probe looks at the rows of today; earlier statements of the change set can still correct them.</summary>
    private static bool ChangesRows(Situation situation) => situation.EarlierInSet.Any(change =>
        change is UpdateRows or DeleteRows or UpdateData or DeleteData or OpaqueSql
        && (change.Target is null || (situation.Change.Target is { } table && change.Target.Matches(table))));

    public static string First(Probe probe) =>
        probe.Sample.Count == 0 ? "" : $", first {string.Join(", ", probe.Sample.Take(Facts.Probe.IsListed(probe.Kind) ? int.MaxValue : Shown))}";
}
