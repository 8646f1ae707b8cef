using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using Humanizer;

namespace EfSafeMigrate.Reports;

/// <summary>The review as one document on standard output; fields are only ever added under the same version.</summary>
internal static class JsonReport
{
    public const int SchemaVersion = 1;

    private static readonly ReviewJson Json = new(new JsonSerializerOptions(ReviewJson.Default.Options)
    {
        // A terminal and a CI log read this too; nothing here is written into HTML.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    public static string Of(Review review) => JsonSerializer.Serialize(Document(review), Json.ReviewDocument);

    private static ReviewDocument Document(Review review) => new()
    {
        SchemaVersion = SchemaVersion,
        Project = review.Project,
        Context = review.Context,
        EfVersion = review.EfVersion,
        Provider = review.Provider,
        ProviderVersion = review.ProviderVersion,
        Transaction = review.Transaction is { } transaction ? Word(transaction) : null,
        Engine = review.Engine.Id,
        EngineBasis = $"{review.EngineBasis}".Kebaberize(),
        EngineVersion = (review.Facts.Version.Value ?? review.Engine.Assumed).ToString(),
        EngineVersionBasis = review.Facts.Version.Known ? Word(review.Facts.Version.Basis) : Word(FactBasis.Assumed),
        Database = DatabaseDocument.Of(review),
        Chosen = review.Chosen,
        Notes = review.Notes,
        Migrations = [.. review.Migrations.Select(migration => new MigrationDocument(
            migration.Migration.Id, Word(migration.Severity), migration.Migration.IsPendingModel,
            [.. migration.Situations.Select(Phrase.Of)]))],
        Findings = [.. review.Findings.Select(Document)],
        UnusedWaivers = [.. review.Migrations.SelectMany(migration => migration.UnusedWaivers).Select(WaiverDocument.Of)],
        FailOn = review.FailOn is { } threshold ? Word(threshold) : "never",
        ExitCode = review.Code,
    };

    public static FindingDocument Document(Finding finding) => new()
    {
        Rule = finding.Rule,
        Severity = Word(finding.Severity),
        Category = Word(finding.Category),
        Message = finding.Message,
        Evidence = finding.Evidence,
        Cure = new CureDocument(finding.Cure.Advice, [.. finding.Cure.Migrations.Select(migration =>
            new CureMigrationDocument(migration.Sql, migration.OutsideTransaction))]),
        Lock = finding.Lock,
        Blocks = Word(finding.Blocks),
        Estimate = finding.Estimate is { } estimate
            ? new EstimateDocument(estimate.Low?.TotalSeconds, estimate.High?.TotalSeconds, estimate.Basis) : null,
        Answer = finding.Answer is { } answer ? ProbeDocument.Of(answer) : null,
        Migration = finding.Origin.Migration,
        Operation = finding.Origin.OperationName,
        Table = finding.Table?.ToString(),
        Column = finding.Column,
        File = finding.Origin.File,
        Line = finding.Origin.Line,
        LineColumn = finding.Origin.Column,
        NeedsWaiver = finding.NeedsWaiver,
        Waiver = finding.Waiver is { } waiver ? WaiverDocument.Of(waiver) : null,
    };

    /// <summary>An enum value in the document's spelling.</summary>
    public static string Word<T>(T value) where T : struct, Enum => value.ToString().Kebaberize();
}

internal sealed record ReviewDocument
{
    public required int SchemaVersion { get; init; }
    public required string Project { get; init; }
    public required string? Context { get; init; }
    public required string? EfVersion { get; init; }
    public required string? Provider { get; init; }
    public required string? ProviderVersion { get; init; }

    /// <summary>Of a text: explicit, migration or none; null for a project.</summary>
    public required string? Transaction { get; init; }
    public required string Engine { get; init; }
    public required string EngineVersion { get; init; }
    public required string EngineVersionBasis { get; init; }

    /// <summary>By what the engine is known: provider, server, options, settings, or assumed.</summary>
    public required string EngineBasis { get; init; }
    /// <summary>Null without a connection.</summary>
    public required DatabaseDocument? Database { get; init; }

    /// <summary>Which migrations these are and why; null where the call names them.</summary>
    public required string? Chosen { get; init; }

    /// <summary>What the review does not tell, a sentence each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
    public required IReadOnlyList<MigrationDocument> Migrations { get; init; }
    public required IReadOnlyList<FindingDocument> Findings { get; init; }

    /// <summary>Waivers in the SQL that no finding used.</summary>
    public required IReadOnlyList<WaiverDocument> UnusedWaivers { get; init; }
    public required string FailOn { get; init; }
    public required int ExitCode { get; init; }
}

internal sealed record MigrationDocument(string Id, string Severity, bool PendingModel, IReadOnlyList<string> Changes);

internal sealed record FindingDocument
{
    public required string Rule { get; init; }
    public required string Severity { get; init; }
    public required string Category { get; init; }
    public required string Message { get; init; }
    public required string Evidence { get; init; }
    public required CureDocument Cure { get; init; }
    public required string? Lock { get; init; }
    public required string Blocks { get; init; }

    /// <summary>Seconds.</summary>
    public required EstimateDocument? Estimate { get; init; }

    /// <summary>What the live data said; null when nobody asked.</summary>
    public required ProbeDocument? Answer { get; init; }
    public required string Migration { get; init; }
    public required string Operation { get; init; }
    public required string? Table { get; init; }
    public required string? Column { get; init; }
    public required string? File { get; init; }
    public required int? Line { get; init; }

    /// <summary>Where in the line the statement of a text begins.</summary>
    public required int? LineColumn { get; init; }

    /// <summary>It fails the review at every threshold until it is waived.</summary>
    public required bool NeedsWaiver { get; init; }

    /// <summary>Who reads the SQL finds there why the finding is accepted; null for one that counts.</summary>
    public required WaiverDocument? Waiver { get; init; }
}

internal sealed record WaiverDocument(string Rule, string? Reason, string? File, int? Line)
{
    public static WaiverDocument Of(Waiver waiver) => new(waiver.Rule, waiver.Reason, waiver.File, waiver.Line);
}

internal sealed record CureDocument(string Advice, IReadOnlyList<CureMigrationDocument> Migrations);

internal sealed record CureMigrationDocument(IReadOnlyList<string> Sql, bool OutsideTransaction);

internal sealed record EstimateDocument(double? Low, double? High, string Basis);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(ReviewDocument))]
internal sealed partial class ReviewJson : JsonSerializerContext;
