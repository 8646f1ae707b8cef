using NJsonSchema;

namespace EfSafeMigrate.Tests.Reports;

/// <summary>Validation against JSON Schemas.</summary>
internal static class Schemas
{
    public static JsonSchema Sarif { get; } = Of(Data.Text(Path.Combine("Schemas", "sarif-2.1.0.json")));

    public static JsonSchema Of(string schema) => JsonSchema.FromJsonAsync(schema).GetAwaiter().GetResult();

    public static void ShouldAccept(this JsonSchema schema, string json) =>
        schema.Validate(json).Select(error => $"{error.Path}: {error.Kind}").Take(5).ShouldBeEmpty();
}
