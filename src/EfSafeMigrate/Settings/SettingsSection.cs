using System.Globalization;
using System.Text.Json;

namespace EfSafeMigrate.Settings;

/// <summary>One object of the settings file; knows which of its keys were asked for, so that the rest can be refused.</summary>
internal sealed class SettingsSection
{
    private readonly string file;
    private readonly string path;
    private readonly Dictionary<string, JsonElement> values = [];
    private readonly HashSet<string> asked = [];

    public SettingsSection(string file, string path, JsonElement element)
    {
        (this.file, this.path) = (file, path);
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new SafeMigrateException($"`{file}` holds no JSON object.", "mend the file");
        }
        foreach (var property in element.EnumerateObject())
        {
            if (!values.TryAdd(property.Name, property.Value))
            {
                throw Wrong(property.Name, "is there twice", "keep one of them");
            }
        }
    }

    public SettingsSection? Section(string key) => Find(key, JsonValueKind.Object, "an object") is { } value ? new SettingsSection(file, Full(key), value) : null;

    /// <summary>A list of objects.</summary>
    public IReadOnlyList<SettingsSection>? Sections(string key) => Find(key, JsonValueKind.Array, "a list of objects") is not { } value ? null
        : [.. value.EnumerateArray().Select((each, at) => each.ValueKind == JsonValueKind.Object
            ? new SettingsSection(file, $"{Full(key)}[{at}]", each)
            : throw Wrong($"{key}[{at}]", "is not an object", "give objects"))];

    public IEnumerable<string> Keys => values.Keys;

    /// <summary>A text that has to be there.</summary>
    public string Needed(string key) => Text(key) is { Length: > 0 } text && !string.IsNullOrWhiteSpace(text) ? text : throw Wrong(key, "is missing", "say it");

    public string? Text(string key) => Find(key, JsonValueKind.String, "a text")?.GetString();

    public bool? Flag(string key) => Find(key, JsonValueKind.True, "true or false")?.GetBoolean();

    /// <summary>Not below zero.</summary>
    public double? Number(string key) => Find(key, JsonValueKind.Number, "a number") is not { } value ? null
        : value.GetDouble() is >= 0 and var number ? number : throw Wrong(key, "is below zero", "give a number from 0 on");

    public int? Whole(string key, int least, int most) => Number(key) is not { } number ? null
        : number == Math.Floor(number) && number >= least && number <= most ? (int)number
        : throw Wrong(key, string.Create(CultureInfo.InvariantCulture, $"is {number}"), string.Create(CultureInfo.InvariantCulture, $"give a whole number from {least} to {most}"));

    public TimeSpan? Duration(string key) => Text(key) is not { } text ? null
        : Settings.Duration.Parse(text) ?? throw Wrong(key, $"is `{text}`, which is no length of time", $"give {Settings.Duration.Form}");

    public IReadOnlyList<string>? List(string key) => Find(key, JsonValueKind.Array, "a list of texts") is not { } value ? null
        : [.. value.EnumerateArray().Select(each => TextOf(key, each))];

    /// <summary>An object whose keys are free and whose values are texts.</summary>
    public IReadOnlyDictionary<string, string>? Texts(string key)
    {
        if (Section(key) is not { } section)
        {
            return null;
        }
        return section.values.ToDictionary(each => each.Key, each => section.TextOf(each.Key, each.Value));
    }

    /// <exception cref="SafeMigrateException">A key that has no meaning: it may be a misspelt safeguard.</exception>
    public void RefuseOthers(params IEnumerable<string> allowed)
    {
        if (values.Keys.Except(asked).Except(allowed).FirstOrDefault() is { } unknown)
        {
            throw Wrong(unknown, "has no meaning", $"known are {string.Join(", ", asked.Order(StringComparer.Ordinal))}");
        }
    }

    public SafeMigrateException Wrong(string key, string what, string next) => new($"`{Full(key)}` in `{file}` {what}.", next);

    private JsonElement? Find(string key, JsonValueKind kind, string spoken)
    {
        asked.Add(key);
        if (!values.TryGetValue(key, out var value))
        {
            return null;
        }
        var found = value.ValueKind == JsonValueKind.False ? JsonValueKind.True : value.ValueKind;
        return found == kind ? value : throw Wrong(key, $"is not {spoken}", $"give {spoken}");
    }

    private string TextOf(string key, JsonElement value) =>
        value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : throw Wrong(key, "is not a text everywhere", "give texts that are not empty");

    private string Full(string key) => path.Length == 0 ? key : $"{path}.{key}";
}
