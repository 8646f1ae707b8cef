using System.Security.Cryptography;
using System.Text;
using EfSafeMigrate.Rules;

namespace EfSafeMigrate.Reports;

/// <summary>Names findings so that a later review knows them again: neither lines nor figures are part of the name.</summary>
internal static class Fingerprints
{
    private const int Length = 32;

    /// <summary>Every finding of the review with its fingerprint, in the review's order; no two are equal.</summary>
    public static IReadOnlyList<(Finding Finding, string Fingerprint)> Of(Review review)
    {
        var seen = new Dictionary<string, int>();
        return [.. review.Findings.Select(finding => (finding, Hash(Numbered(Key(review, finding), seen))))];
    }

    /// <summary>What a person would call the same finding of the same migration.</summary>
    private static string Key(Review review, Finding finding) =>
        string.Join('\n', review.Project, review.Context, finding.Rule, finding.Origin.Migration, finding.Origin.OperationName, finding.Table, finding.Column);

    private static string Numbered(string key, Dictionary<string, int> seen)
    {
        var number = seen.GetValueOrDefault(key);
        seen[key] = number + 1;
        return $"{key}\n{number}";
    }

    private static string Hash(string key) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..Length].ToLowerInvariant();
}
