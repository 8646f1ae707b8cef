using System.ComponentModel;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using EfSafeMigrate.Sql;

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

    /// <summary>What the document may hold, for those who read it.</summary>
    public static string Schema
    {
        get
        {
            using var reader = new StreamReader(typeof(JsonReport).Assembly.GetManifestResourceStream("review.schema.json")!);
            return reader.ReadToEnd();
        }
    }

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
        EngineBasis = $"{review.EngineBasis}".ToKebab(),
        EngineVersion = (review.Facts.Version.Value ?? review.Engine.Assumed).ToString(),
        EngineVersionBasis = review.Facts.Version.Known ? Word(review.Facts.Version.Basis) : Word(FactBasis.Assumed),
        Database = DatabaseDocument.Of(review),
        Chosen = review.Chosen,
        Migrations = [.. review.Migrations.Select(migration => new MigrationDocument(
            migration.Migration.Id, Word(migration.Severity), migration.Migration.IsPendingModel,
            [.. migration.Situations.Select(Phrase.Of)]))],
        Findings = [.. Fingerprints.Of(review).Select(each => Document(each.Finding) with { Path = Place.Of(each.Finding, review.Folder).File, Fingerprint = each.Fingerprint })],
        UnusedWaivers = [.. review.Migrations.SelectMany(migration => migration.UnusedWaivers).Select(WaiverDocument.Of)],
        CodeUses = CodeUsesDocument.Of(review),
        Notes = review.Notes,
        TurnedOff = review.TurnedOff,
        Baseline = review.Baselined is { } held ? new BaselineDocument(held.Findings, held.Held) : null,
        FailOn = review.FailOn is { } threshold ? Word(threshold) : "never",
        ExitCode = review.Code,
    };

    public static FindingDocument Document(Finding finding) => new()
    {
        Rule = finding.Rule,
        Severity = Word(finding.Severity),
        RuleSeverity = Word(finding.Was ?? finding.Severity),
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
    public static string Word<T>(T value) where T : struct, Enum => value.ToString().ToKebab();
}

internal sealed record ReviewDocument
{
    [Description("The version of this form. Under one version fields are only ever added.")]
    public required int SchemaVersion { get; init; }

    [Description("The project's name, or the file that holds the text.")]
    public required string Project { get; init; }

    [Description("The DbContext; null for a text, as are the three behind it.")]
    public required string? Context { get; init; }
    public required string? EfVersion { get; init; }
    public required string? Provider { get; init; }
    public required string? ProviderVersion { get; init; }

    [SpelledAs(typeof(ScriptTransaction)), Description("What runs a text; null for a project.")]
    public required string? Transaction { get; init; }

    [Description("The id of the engine that the changes are judged for.")]
    public required string Engine { get; init; }
    public required string EngineVersion { get; init; }

    [SpelledAs(typeof(FactBasis)), Description("How the version is known.")]
    public required string EngineVersionBasis { get; init; }

    [SpelledAs(typeof(EngineBasis)), Description("By what the engine is known.")]
    public required string EngineBasis { get; init; }

    [Description("The measured database; null without a connection.")]
    public required DatabaseDocument? Database { get; init; }

    [Description("Which migrations these are and why; null where the call names them.")]
    public required string? Chosen { get; init; }

    [Description("What was judged, oldest first; model changes without a migration stand last.")]
    public required IReadOnlyList<MigrationDocument> Migrations { get; init; }

    [Description("In the order of the changes; what is waived is among them.")]
    public required IReadOnlyList<FindingDocument> Findings { get; init; }

    [Description("Waivers in comments that no finding used; each is a finding too.")]
    public required IReadOnlyList<WaiverDocument> UnusedWaivers { get; init; }

    [Description("What in the code uses what the changes touch; null without --impact.")]
    public required CodeUsesDocument? CodeUses { get; init; }

    [Description("What else is to be known, a sentence each.")]
    public required IReadOnlyList<string> Notes { get; init; }

    [Description("How many findings the settings turn off.")]
    public required int TurnedOff { get; init; }

    [Description("How much the accepted history keeps out; null for a text.")]
    public required BaselineDocument? Baseline { get; init; }

    [SpelledAs(typeof(Severity), "never"), Description("Findings at or above it make the exit code 1.")]
    public required string FailOn { get; init; }
    public required int ExitCode { get; init; }
}

internal sealed record MigrationDocument(
    string Id,
    [property: SpelledAs(typeof(Severity)), Description("Of its gravest finding that is not waived.")] string Severity,
    [property: Description("True for model changes that have no migration yet.")] bool PendingModel,
    [property: Description("One sentence a change.")] IReadOnlyList<string> Changes);

internal sealed record FindingDocument
{
    [Description("The rule's id.")]
    public required string Rule { get; init; }

    [SpelledAs(typeof(Severity))]
    public required string Severity { get; init; }

    [SpelledAs(typeof(Severity)), Description("What the rule says where the settings say otherwise.")]
    public required string RuleSeverity { get; init; }

    [SpelledAs(typeof(Category))]
    public required string Category { get; init; }

    [Description("What happens, to which table, and who is blocked.")]
    public required string Message { get; init; }

    [Description("What the message rests on.")]
    public required string Evidence { get; init; }
    public required CureDocument Cure { get; init; }

    [Description("The lock on the table, in the engine's words; null when none is taken.")]
    public required string? Lock { get; init; }

    [SpelledAs(typeof(Blocks)), Description("What others wait with meanwhile.")]
    public required string Blocks { get; init; }

    [Description("How long it lasts, in seconds.")]
    public required EstimateDocument? Estimate { get; init; }

    [Description("What the live data said; null when nobody asked.")]
    public required ProbeDocument? Answer { get; init; }

    [Description("The id of the migration.")]
    public required string Migration { get; init; }

    [Description("EF's name of the operation, for example CreateIndex or Sql.")]
    public required string Operation { get; init; }
    public required string? Table { get; init; }

    [Description("The column of the table.")]
    public required string? Column { get; init; }

    [Description("The file, relative to the project; of a text, as it was given.")]
    public required string? File { get; init; }

    [Description("One-based.")]
    public required int? Line { get; init; }

    [Description("Where in the line the operation, or the statement of a text, begins, one-based.")]
    public required int? LineColumn { get; init; }

    [Description("The file from the root of the repository; for a finding without a file, the snapshot or the project. Only in a review.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Path { get; init; }

    [Description("The same for the same finding in a later review, whatever lines and sizes have become. Only in a review.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Fingerprint { get; init; }

    [Description("True when it fails the review at every threshold until it is waived.")]
    public required bool NeedsWaiver { get; init; }

    [Description("Who reads the SQL or the migration finds there why the finding is accepted; null for one that counts.")]
    public required WaiverDocument? Waiver { get; init; }
}

internal sealed record BaselineDocument(
    [property: Description("How many findings are left out.")] int Findings,
    [property: Description("How many migrations are left out, because nothing else is found in them.")] int Migrations);

internal sealed record WaiverDocument(string Rule, string? Reason, string? File, int? Line)
{
    public static WaiverDocument Of(Waiver waiver) => new(waiver.Rule, waiver.Reason, waiver.File, waiver.Line);
}

[Description("What to do instead.")]
internal sealed record CureDocument(
    [property: Description("One sentence, an order.")] string Advice,
    [property: Description("The statements that do it, in the order of the migrations that hold them.")] IReadOnlyList<CureMigrationDocument> Migrations);

internal sealed record CureMigrationDocument(
    IReadOnlyList<string> Sql,
    [property: Description("True when the statements go into Sql(…, suppressTransaction: true).")] bool OutsideTransaction);

internal sealed record EstimateDocument(
    [property: Description("Null when the size is unknown.")] double? Low, double? High, [property: Description("What the figures rest on.")] string Basis);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(ReviewDocument))]
internal sealed partial class ReviewJson : JsonSerializerContext;
