using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using EfSafeMigrate.Rules;
using EfSafeMigrate.Settings;

namespace EfSafeMigrate.Tests.Settings;

/// <summary>The schema that editors use knows the keys that the tool reads, no more and no fewer.</summary>
public class SettingsSchemaIsComplete
{
    private const string Unknown = "no-such-key";

    private static readonly JsonSerializerOptions Written = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonElement Schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(Approval.Root, "docs", "safe-migrate.schema.json"))).RootElement;

    [Theory]
    [InlineData("", """{ "schemaVersion": 1, "?": 1 }""")]
    [InlineData("protected", """{ "schemaVersion": 1, "protected": { "?": 1 } }""")]
    [InlineData("approval", """{ "schemaVersion": 1, "approval": { "?": 1 } }""")]
    [InlineData("naming", """{ "schemaVersion": 1, "naming": { "?": 1 } }""")]
    [InlineData("gates", """{ "schemaVersion": 1, "gates": { "?": 1 } }""")]
    [InlineData("backup", """{ "schemaVersion": 1, "backup": { "?": 1 } }""")]
    [InlineData("backfill", """{ "schemaVersion": 1, "backfill": { "?": 1 } }""")]
    [InlineData("backfill.throttle", """{ "schemaVersion": 1, "backfill": { "throttle": { "?": 1 } } }""")]
    [InlineData("rollback", """{ "schemaVersion": 1, "rollback": { "?": 1 } }""")]
    [InlineData("release", """{ "schemaVersion": 1, "release": { "command": "a", "?": 1 } }""")]
    [InlineData("waivers", """{ "schemaVersion": 1, "waivers": [{ "rule": "drop-table", "because": "b", "?": 1 }] }""")]
    public void KeyByKey(string of, string text)
    {
        var refused = Should.Throw<SafeMigrateException>(() => SettingsFile.Read(text.Replace("?", Unknown, StringComparison.Ordinal), Path.Combine(Path.GetTempPath(), ".config", "safe-migrate.json")));
        refused.Message.ShouldContain(Unknown);
        var known = refused.Next["known are ".Length..].Split(", ");

        var section = of.Split('.', StringSplitOptions.RemoveEmptyEntries)
            .Aggregate(Schema, (outer, name) => outer.GetProperty("properties").GetProperty(name) is var found && found.TryGetProperty("items", out var items) ? items : found);

        section.GetProperty("properties").EnumerateObject().Select(property => property.Name).Where(name => name != "$schema").ShouldBe(known, ignoreOrder: true);
        section.GetProperty("additionalProperties").GetBoolean().ShouldBeFalse();
        section.GetProperty("properties").EnumerateObject().ShouldAllBe(property => property.Value.GetProperty("description").GetString()!.Length > 0);
    }

    /// <summary>UPDATE_DOCS=1 writes the ids.</summary>
    [Fact]
    public void WithTheRulesThatThereAre()
    {
        var schema = JsonNode.Parse(Schema.GetRawText())!;
        schema["$defs"]!["rule"]!["enum"] = new JsonArray([.. RuleBook.Rules.Select(rule => (JsonNode)rule.Id)]);
        Approval.Check("docs/safe-migrate.schema.json", schema.ToJsonString(Written) + "\n", "UPDATE_DOCS");
    }
}
