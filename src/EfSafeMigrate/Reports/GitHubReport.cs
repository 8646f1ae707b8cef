using System.Text;
using EfSafeMigrate.Rules;

namespace EfSafeMigrate.Reports;

/// <summary>Workflow commands of GitHub Actions: annotations beside the lines of a pull request.</summary>
internal static class GitHubReport
{
    /// <summary>GitHub shows no more than that many of one level in one step.</summary>
    private const int Shown = 10;

    public static string Of(Review review)
    {
        var findings = review.Gravest();
        var text = new StringBuilder();
        foreach (var finding in findings)
        {
            text.Append(Command(finding, Place.Of(finding, review.Folder))).Append('\n');
        }
        if (Hidden(findings) is { } hidden)
        {
            text.Append(hidden).Append('\n');
        }
        return text.Append(Headline.Counts(review)).Append('\n').ToString();
    }

    private static string? Hidden(IReadOnlyList<Finding> findings)
    {
        var groups = findings.GroupBy(Levels.Of).Where(group => group.Count() > Shown).ToArray();
        return groups.Length == 0 ? null
            : $"GitHub shows {string.Join(" and ", groups.Select(group => $"{Shown} of {group.Count()} {Word(group.Key)}s"))} beside the code; all of them stand above.";
    }

    private static string Command(Finding finding, Place place)
    {
        var properties = new List<string>();
        void Add(string name, object? value)
        {
            if (value is not null)
            {
                properties.Add($"{name}={Property($"{value}")}");
            }
        }
        Add("file", place.File is null or ReviewedFolder.StandardInput ? null : PlainText.Line(place.File));
        Add("line", place.Line);
        Add("col", place.Column);
        Add("title", finding.Rule);
        return $"::{Word(Levels.Of(finding))} {string.Join(',', properties)}::{Data(Message(finding))}";
    }

    private static string Word(Level level) => level switch { Level.Error => "error", Level.Warning => "warning", _ => "notice" };

    private static string Message(Finding finding) =>
        $"{PlainText.Line(finding.Message)}\n{PlainText.Line(finding.Evidence)}\n→ {PlainText.Line(finding.Cure.Advice)}";

    private static string Data(string text) => text
        .Replace("%", "%25", StringComparison.Ordinal)
        .Replace("\r", "%0D", StringComparison.Ordinal)
        .Replace("\n", "%0A", StringComparison.Ordinal);

    private static string Property(string text) => Data(text)
        .Replace(":", "%3A", StringComparison.Ordinal)
        .Replace(",", "%2C", StringComparison.Ordinal);
}
