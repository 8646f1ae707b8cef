using System.Text.Json.Serialization;

namespace EfSafeMigrate.Reports;

/// <summary>As much of SARIF 2.1.0 as a review has to say.</summary>
internal sealed record SarifLog(IReadOnlyList<SarifRun> Runs)
{
    [JsonPropertyName("$schema"), JsonPropertyOrder(-2)]
    public string Schema { get; } = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    [JsonPropertyOrder(-1)]
    public string Version { get; } = "2.1.0";
}

internal sealed record SarifRun
{
    public required SarifTool Tool { get; init; }
    public required SarifAutomation AutomationDetails { get; init; }
    public required IReadOnlyList<SarifInvocation> Invocations { get; init; }
    public required IReadOnlyDictionary<string, SarifBase> OriginalUriBaseIds { get; init; }
    public string ColumnKind { get; } = "utf16CodeUnits";
    public required IReadOnlyList<SarifResult> Results { get; init; }
}

internal sealed record SarifTool(SarifDriver Driver);

internal sealed record SarifDriver(string Name, string SemanticVersion, IReadOnlyList<SarifRule> Rules);

internal sealed record SarifRule
{
    public required string Id { get; init; }
    public SarifMessage? ShortDescription { get; init; }
    public SarifMessage? FullDescription { get; init; }
    public SarifMessage? Help { get; init; }
    public SarifTags? Properties { get; init; }
}

internal sealed record SarifTags(IReadOnlyList<string> Tags);

internal sealed record SarifMessage(string Text)
{
    public string? Markdown { get; init; }
}

/// <param name="Id">Ends with a slash: all of it names the kind of review, and nothing the run.</param>
internal sealed record SarifAutomation(string Id);

internal sealed record SarifInvocation(bool ExecutionSuccessful, int ExitCode, string? ExitCodeDescription);

internal sealed record SarifBase(SarifMessage Description);

internal sealed record SarifResult
{
    public required string RuleId { get; init; }
    public required int RuleIndex { get; init; }
    public required string Level { get; init; }
    public required SarifMessage Message { get; init; }
    public required IReadOnlyList<SarifLocation> Locations { get; init; }
    public required IReadOnlyDictionary<string, string> PartialFingerprints { get; init; }

    /// <summary>Empty for a finding that counts: where other results carry suppressions, one without would be unknown.</summary>
    public required IReadOnlyList<SarifSuppression> Suppressions { get; init; }
    public required SarifFacts Properties { get; init; }
}

internal sealed record SarifLocation(SarifPhysicalLocation PhysicalLocation);

internal sealed record SarifPhysicalLocation(SarifArtifact ArtifactLocation, SarifRegion Region);

internal sealed record SarifArtifact(string Uri, string? UriBaseId);

internal sealed record SarifRegion(int StartLine, int? StartColumn);

internal sealed record SarifSuppression(string Kind, string Justification);

/// <summary>What no other tool has a word for.</summary>
internal sealed record SarifFacts
{
    public required string Severity { get; init; }
    public required string Migration { get; init; }
    public required string Operation { get; init; }
    public required string? Table { get; init; }
    public required string? Column { get; init; }
    public required string Blocks { get; init; }
    public required string? Lock { get; init; }
    public required double? LowSeconds { get; init; }
    public required double? HighSeconds { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, WriteIndented = true)]
[JsonSerializable(typeof(SarifLog))]
internal sealed partial class SarifJson : JsonSerializerContext;
