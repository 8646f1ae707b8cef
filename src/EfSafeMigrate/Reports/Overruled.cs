using EfSafeMigrate.Rules;
using EfSafeMigrate.Settings;

namespace EfSafeMigrate.Reports;

/// <summary>What the settings and the accepted history take out of a report: one line each, for nothing goes silently.</summary>
internal static class Overruled
{
    public static IEnumerable<string> Lines(Review review)
    {
        var lowered = review.Findings.Count(finding => finding.Was > finding.Severity);
        if (review.TurnedOff + lowered > 0)
        {
            string[] parts =
            [
                .. review.TurnedOff > 0 ? [$"{"finding".ToQuantity(review.TurnedOff)} turned off"] : Array.Empty<string>(),
                .. lowered > 0 ? [$"{lowered} lowered"] : Array.Empty<string>(),
            ];
            yield return $"{string.Join(", ", parts)} by {SettingsFile.Name}";
        }
        if (review.Baselined is { Findings: var findings, Held: var held } && findings + held > 0)
        {
            yield return $"the baseline holds back {"finding".ToQuantity(findings)} and {"migration".ToQuantity(held)}; --baseline ignore shows all";
        }
    }
}
