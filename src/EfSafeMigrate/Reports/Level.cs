using EfSafeMigrate.Rules;

namespace EfSafeMigrate.Reports;

/// <summary>How loud a finding is where others judge by three words.</summary>
internal enum Level { Note, Warning, Error }

internal static class Levels
{
    /// <summary>What fails the review at every threshold is an error; advice never is.</summary>
    public static Level Of(Finding finding) => finding switch
    {
        { IsAdvice: true } => Level.Note,
        { Severity: Severity.Dangerous } or { NeedsWaiver: true } => Level.Error,
        { Severity: Severity.Careful } => Level.Warning,
        _ => Level.Note,
    };

    /// <summary>What nobody waived, the gravest first, otherwise in the order of the changes.</summary>
    public static IReadOnlyList<Finding> Gravest(this Review review) =>
        [.. review.Findings.Where(finding => finding.Waiver is null).OrderByDescending(Of)];
}
