using System.ComponentModel;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using EfSafeMigrate.Reports;
using Humanizer;

namespace EfSafeMigrate.Tests.Reports;

/// <summary>The schema of the JSON document, written from its records; UPDATE_DOCS=1 writes it.</summary>
public class JsonSchemaIsPublished
{
    private const string Published = "docs/schema/review.schema.json";

    private static readonly JsonSerializerOptions Camel = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public void AndIsWhatTheRecordsSay() => Approval.Check(Published, Schema().ToJsonString(Indented).ReplaceLineEndings("\n") + "\n", "UPDATE_DOCS");

    [Fact]
    public void AndCarriedByTheTool() =>
        (JsonReport.Schema == File.ReadAllText(Path.Combine(Approval.Root, Published))).ShouldBeTrue("the tool is to be built again: another schema was written since");

    [Fact]
    public void AndEveryReviewKeepsToIt()
    {
        var schema = Schemas.Of(Strict(Schema()).ToJsonString());
        foreach (var review in new[] { Reviews.Shop(), Reviews.WithCode(), Reviews.Empty(), Reviews.Large(100) }.Concat(Reviews.Nasty.Select(Reviews.Named)))
        {
            schema.ShouldAccept(JsonReport.Of(review));
        }
        schema.Validate(JsonReport.Of(Reviews.Shop()).Replace("\"dangerous\"", "\"terrible\"", StringComparison.Ordinal)).ShouldNotBeEmpty();
        schema.Validate(JsonReport.Of(Reviews.Shop()).Replace("\"rule\"", "\"ruler\"", StringComparison.Ordinal)).ShouldNotBeEmpty();
    }

    private static JsonObject Schema()
    {
        var schema = Camel.GetJsonSchemaAsNode(typeof(ReviewDocument), new() { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Described }).AsObject();
        var root = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["$id"] = $"urn:dotnet-safe-migrate:review:{JsonReport.SchemaVersion}",
            ["title"] = "A review by dotnet safe-migrate",
        };
        foreach (var (name, value) in schema.ToArray())
        {
            schema.Remove(name);
            root[name] = value;
        }
        return root;
    }

    private static JsonNode Described(JsonSchemaExporterContext context, JsonNode schema)
    {
        if (schema is not JsonObject node || context.PropertyInfo is not { } property)
        {
            return schema;
        }
        if (property.Name == "schemaVersion")
        {
            node["const"] = JsonReport.SchemaVersion;
        }
        if (property.AttributeProvider?.GetCustomAttributes(typeof(SpelledAsAttribute), inherit: false) is [SpelledAsAttribute words])
        {
            node["enum"] = new JsonArray([.. Words(words, property.IsGetNullable).Select(word => (JsonNode?)word)]);
        }
        var described = property.AttributeProvider?.GetCustomAttributes(typeof(DescriptionAttribute), inherit: false).OfType<DescriptionAttribute>().FirstOrDefault()
            ?? context.TypeInfo.Type.GetCustomAttribute<DescriptionAttribute>();
        if (described is not null)
        {
            node.Insert(0, "description", described.Description);
        }
        return node;
    }

    private static IEnumerable<string?> Words(SpelledAsAttribute words, bool nullable) =>
        Enum.GetNames(words.Words).Select(name => name.Kebaberize()).Concat(words.Others).Concat(nullable ? [null] : Array.Empty<string?>());

    /// <summary>A reader takes what is added later; this test does not.</summary>
    private static JsonObject Strict(JsonObject schema)
    {
        foreach (var child in Within(schema).Where(node => node.ContainsKey("properties")).ToArray())
        {
            child["additionalProperties"] = false;
        }
        return schema;
    }

    private static IEnumerable<JsonObject> Within(JsonNode? node) => node switch
    {
        JsonObject inner => inner.SelectMany(pair => Within(pair.Value)).Prepend(inner),
        JsonArray list => list.SelectMany(Within),
        _ => [],
    };
}
