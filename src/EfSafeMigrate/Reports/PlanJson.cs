using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Plans;

namespace EfSafeMigrate.Reports;

/// <summary>A plan and its files as one document on standard output; fields are only ever added under the same version.</summary>
internal static class PlanJson
{
    private static readonly PlanJsonContext Json = new(new JsonSerializerOptions(PlanJsonContext.Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <param name="oneShot">Why it is one migration; null for phases.</param>
    /// <param name="judged">The migrations as changes, judged, in order.</param>
    public static string Of(string name, string? oneShot, Plan? plan, IReadOnlyList<ReviewedMigration> judged, IReadOnlyList<string> files) =>
        JsonSerializer.Serialize(new PlanDocument(JsonReport.SchemaVersion, name, oneShot, plan?.Notes ?? [],
            plan is null ? [] : [.. plan.Migrations.Zip(judged, Migration)],
            [.. judged.SelectMany(migration => migration.Findings).Select(finding => JsonReport.Document(finding))], files), Json.PlanDocument);

    private static PlannedDocument Migration(PlannedMigration migration, ReviewedMigration judged)
    {
        var locks = judged.Situations.Where(situation => !situation.IsOnNewTable).SelectMany(situation => situation.Impact.Locks)
            .Where(taken => taken.Blocks != Blocks.Nothing && judged.Situations[0].Before.Find(taken.Table) is not null)
            .Select(taken => new LockDocument(taken.Table.ToString(), taken.Mode, JsonReport.Word(taken.Blocks)))
            .Distinct();
        return new(judged.Migration.Id, JsonReport.Word(migration.Kind), migration.Summary, [.. locks], migration.Loses);
    }
}

internal sealed record PlanDocument(
    int SchemaVersion, string Name, string? OneShot, IReadOnlyList<string> Notes, IReadOnlyList<PlannedDocument> Migrations,
    IReadOnlyList<FindingDocument> Findings, IReadOnlyList<string> Files);

internal sealed record PlannedDocument(
    string Name, string Phase, IReadOnlyList<string> Summary, IReadOnlyList<LockDocument> Locks, IReadOnlyList<string> Loses);

internal sealed record LockDocument(string Table, string Mode, string Blocks);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(PlanDocument))]
internal sealed partial class PlanJsonContext : JsonSerializerContext;
