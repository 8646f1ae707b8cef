using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using EfSafeMigrate.Rules;

namespace EfSafeMigrate.Reports;

/// <summary>GitLab's code quality: what stands beside the lines of a merge request.</summary>
internal static class GitLabReport
{
    private static readonly GitLabJson Json = new(new JsonSerializerOptions(GitLabJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>GitLab knows no waiver: what is waived is left out.</summary>
    public static string Of(Review review) => JsonSerializer.Serialize(
        [
            .. Fingerprints.Of(review).Where(each => each.Finding.Waiver is null)
                .OrderByDescending(each => Levels.Of(each.Finding))
                .Select(each => Issue(each.Finding, each.Fingerprint, review.Folder)),
        ],
        Json.GitLabIssueArray);

    private static GitLabIssue Issue(Finding finding, string fingerprint, ReviewedFolder folder)
    {
        var place = Place.Of(finding, folder);
        return new(
            PlainText.Line($"{finding.Message} → {finding.Cure.Advice}"), finding.Rule, fingerprint, Severity(finding),
            new(PlainText.Line(place.File ?? finding.Origin.Migration), new(place.Line ?? 1)));
    }

    private static string Severity(Finding finding) => Levels.Of(finding) switch
    {
        Level.Error => "critical",
        Level.Warning => "major",
        _ => "info",
    };
}

internal sealed record GitLabIssue(string Description, string CheckName, string Fingerprint, string Severity, GitLabLocation Location);

internal sealed record GitLabLocation(string Path, GitLabLines Lines);

internal sealed record GitLabLines(int Begin);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(GitLabIssue[]))]
internal sealed partial class GitLabJson : JsonSerializerContext;
