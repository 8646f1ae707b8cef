using System.Text.Encodings.Web;
using System.Text.Json;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Rules;

namespace EfSafeMigrate.Reports;

/// <summary>SARIF 2.1.0, for code scanning and whatever else collects the findings of many tools.</summary>
internal static class SarifReport
{
    /// <summary>Stands for the root of the repository, whoever reads the file.</summary>
    private const string Root = "%SRCROOT%";

    private static readonly SarifJson Json = new(new JsonSerializerOptions(SarifJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public static string Of(Review review)
    {
        var rules = review.Findings.Select(finding => finding.Rule).Distinct().Order(StringComparer.Ordinal).ToList();
        return JsonSerializer.Serialize(
            new SarifLog(
            [
                new SarifRun
                {
                    Tool = new(new("dotnet safe-migrate", ToolVersion.Number, [.. rules.Select(Descriptor)])),
                    AutomationDetails = new(PlainText.Line($"safe-migrate/{review.Project}{(review.Context is { } context ? $"/{context}" : "")}/")),
                    Invocations = [new(true, review.Code, Headline.Exit(review) is { Length: > 0 } exit ? exit : null)],
                    OriginalUriBaseIds = new Dictionary<string, SarifBase> { [Root] = new(new("The root of the repository.")) },
                    Results = [.. Fingerprints.Of(review).Select(each => Result(review, each.Finding, each.Fingerprint, rules.IndexOf(each.Finding.Rule)))],
                },
            ]),
            Json.SarifLog);
    }

    private static SarifRule Descriptor(string id) => RuleBook.Rules.FirstOrDefault(rule => rule.Id == id) is not { } rule
        ? new() { Id = id }
        : new()
        {
            Id = id,
            ShortDescription = new(rule.Title),
            FullDescription = new($"{rule.Condition} {rule.Effect}"),
            Help = new($"{rule.Condition}\n\n{rule.Effect}\n\n{rule.Workaround}") { Markdown = $"**Condition.** {rule.Condition}\n\n**Effect.** {rule.Effect}\n\n**Workaround.** {rule.Workaround}" },
            Properties = new([rule.Category.ToString().ToKebab()]),
        };

    private static SarifResult Result(Review review, Finding finding, string fingerprint, int rule) => new()
    {
        RuleId = finding.Rule,
        RuleIndex = rule,
        Level = Levels.Of(finding) switch { Level.Error => "error", Level.Warning => "warning", _ => "note" },
        Message = new(PlainText.Lines($"{finding.Message}\n{finding.Evidence}\n→ {finding.Cure.Advice}")),
        Locations = Locations(Place.Of(finding, review.Folder)),
        PartialFingerprints = new Dictionary<string, string> { ["finding/v1"] = fingerprint },
        Suppressions = finding.Waiver is { } waiver ? [new(waiver.Home == WaiverHome.Settings ? "external" : "inSource", PlainText.Line(waiver.Reason ?? ""))] : [],
        Properties = new()
        {
            Severity = JsonReport.Word(finding.Severity),
            Migration = PlainText.Line(finding.Origin.Migration),
            Operation = finding.Origin.OperationName,
            Table = finding.Table?.ToString(),
            Column = finding.Column,
            Blocks = JsonReport.Word(finding.Blocks),
            Lock = finding.Lock,
            LowSeconds = finding.Estimate?.Low?.TotalSeconds,
            HighSeconds = finding.Estimate?.High?.TotalSeconds,
        },
    };

    /// <summary>A text without a file has no place that anybody could open.</summary>
    private static SarifLocation[] Locations(Place place) => place.File is null or ReviewedFolder.StandardInput ? []
        : [new(new(Artifact(place.File), new SarifRegion(Math.Max(1, place.Line ?? 1), place.Column)))];

    private static SarifArtifact Artifact(string path) => Path.IsPathRooted(path)
        ? new(new Uri(path).AbsoluteUri, null)
        : new(string.Join('/', path.Split('/').Select(part => Uri.EscapeDataString(PlainText.Line(part)))), Root);
}
