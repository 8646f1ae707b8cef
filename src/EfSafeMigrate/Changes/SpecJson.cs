using System.Text.Json.Serialization;

namespace EfSafeMigrate.Changes;

/// <summary>What generated migrations carry in annotations.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(BackfillSpec))]
[JsonSerializable(typeof(PhaseMark))]
internal sealed partial class SpecJson : JsonSerializerContext;
