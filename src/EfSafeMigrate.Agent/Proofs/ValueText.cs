using System.Collections;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EfSafeMigrate.Agent.Proofs;

/// <summary>One notation for a value, whichever type a release holds it in: 1 is 1 in every number, a day is its midnight.</summary>
internal static class ValueText
{
    private const string Moment = "yyyy-MM-ddTHH:mm:ss.ffffff";

    public static string? Of(object? value, bool json = false) => value switch
    {
        null or DBNull => null,
        string text => json ? Json(text) : text,
        bool flag => flag ? "1" : "0",
        char letter => letter.ToString(),
        // Dividing takes the zeros behind the point away.
        decimal number => (number / 1.0000000000000000000000000000m).ToString(CultureInfo.InvariantCulture),
        DateTime time => time.ToString(Moment, CultureInfo.InvariantCulture),
        DateTimeOffset time => time.UtcDateTime.ToString(Moment, CultureInfo.InvariantCulture),
        DateOnly day => day.ToDateTime(TimeOnly.MinValue).ToString(Moment, CultureInfo.InvariantCulture),
        TimeOnly time => time.ToTimeSpan().ToString("c", CultureInfo.InvariantCulture),
        TimeSpan span => span.ToString("c", CultureInfo.InvariantCulture),
        byte[] bytes => Convert.ToHexString(bytes),
        JsonDocument document => Json(document.RootElement.GetRawText()),
        IDictionary pairs => string.Join(',', pairs.Keys.Cast<object>().Select(key => $"{key}={Of(pairs[key])}").Order(StringComparer.Ordinal)),
        IEnumerable list => string.Join(',', list.Cast<object?>().Select(item => Of(item) ?? "NULL")),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    /// <summary>Databases that understand a document order its names and drop its blanks.</summary>
    private static string Json(string text)
    {
        try
        {
            return Sorted(JsonNode.Parse(text))?.ToJsonString() ?? "null";
        }
        catch (JsonException)
        {
            return text;
        }
    }

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject parts => new JsonObject(parts.OrderBy(part => part.Key, StringComparer.Ordinal).Select(part => KeyValuePair.Create(part.Key, Sorted(part.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Sorted)]),
        null => null,
        _ => node.DeepClone(),
    };
}
