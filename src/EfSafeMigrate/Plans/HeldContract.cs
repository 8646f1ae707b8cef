using System.Text.Json;
using System.Text.Json.Serialization;
using EfSafeMigrate.Protocol;

namespace EfSafeMigrate.Plans;

/// <summary>A contract that waits for the old release to be gone: the bodies of its migrations, written by <c>contract NAME</c>.</summary>
/// <param name="Name">The plan's name.</param>
/// <param name="Until">Id of the last migration that was written.</param>
internal sealed record HeldContract(string Name, string Until, IReadOnlyList<HeldMigration> Migrations)
{
    /// <summary>What the models of its migrations are made from; null where each has the target's, as nothing asks for another.</summary>
    public HeldModels? Models { get; init; }
}

/// <param name="Since">Id of the migration before the plan, empty when there was none.</param>
internal sealed record HeldModels(string Since, IReadOnlyList<ModelEdit> SourceRenames);

/// <param name="Up">Statements of <c>Up</c>, not indented.</param>
internal sealed record HeldMigration(string Suffix, string Up, string Down, IReadOnlyList<string> Summary)
{
    /// <summary>What its model differs by from the target.</summary>
    public IReadOnlyList<ModelEdit>? Edits { get; init; }
}

/// <summary>The held contracts of a project, in <c>safe-migrate.json</c> beside its migrations.</summary>
internal static class HeldContracts
{
    public const string FileName = "safe-migrate.json";

    public static IReadOnlyList<HeldContract> Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            return [];
        }
        var text = File.ReadAllText(path);
        if (text.Contains("<<<<<<< ", StringComparison.Ordinal))
        {
            throw new SafeMigrateException(
                $"`{FileName}` has conflict markers: both branches hold contracts.", "keep the contracts of both sides, each is an entry of its own between braces; then say this again");
        }
        try
        {
            return JsonSerializer.Deserialize(text, HeldJson.Default.HeldDocument)?.Held ?? [];
        }
        catch (JsonException)
        {
            throw new SafeMigrateException($"`{FileName}` is not valid JSON.", "restore the file from version control");
        }
    }

    public static string Text(IReadOnlyList<HeldContract> held) => JsonSerializer.Serialize(new HeldDocument(1, held), HeldJson.Default.HeldDocument) + "\n";
}

internal sealed record HeldDocument(int SchemaVersion, IReadOnlyList<HeldContract> Held);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(HeldDocument))]
internal sealed partial class HeldJson : JsonSerializerContext;
