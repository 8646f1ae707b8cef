using System.Globalization;
using System.Text.RegularExpressions;

namespace EfSafeMigrate.Engines.Postgres;

/// <summary>A store type taken apart.</summary>
/// <param name="Name">One spelling for each type, for example <c>varchar</c> for <c>character varying</c>.</param>
/// <param name="Modifiers">The numbers in parentheses.</param>
internal sealed partial record PostgresTypeName(string Name, IReadOnlyList<int> Modifiers, bool IsArray)
{
    private static readonly Dictionary<string, string> Spellings = new(StringComparer.Ordinal)
    {
        ["bool"] = "boolean", ["int2"] = "smallint", ["int4"] = "integer", ["int"] = "integer", ["int8"] = "bigint",
        ["smallserial"] = "smallint", ["serial2"] = "smallint", ["serial"] = "integer", ["serial4"] = "integer", ["bigserial"] = "bigint",
        ["serial8"] = "bigint", ["float4"] = "real", ["float8"] = "double precision", ["float"] = "double precision",
        ["decimal"] = "numeric", ["dec"] = "numeric", ["character varying"] = "varchar", ["character"] = "char", ["bpchar"] = "char",
        ["bit varying"] = "varbit", ["timestamp without time zone"] = "timestamp", ["timestamp with time zone"] = "timestamptz",
        ["\"char\""] = "\"char\"", ["time without time zone"] = "time", ["time with time zone"] = "timetz",
    };

    private static readonly HashSet<string> Serials =
        new(["smallserial", "serial2", "serial", "serial4", "bigserial", "serial8"], StringComparer.OrdinalIgnoreCase);

    /// <summary>The first modifier, or the value that its absence means.</summary>
    public int Modifier(int absent) => Modifiers.Count > 0 ? Modifiers[0] : absent;

    public bool Same(PostgresTypeName other) =>
        Name == other.Name && IsArray == other.IsArray && Modifiers.SequenceEqual(other.Modifiers);

    public static bool IsSerial(string type) => Serials.Contains(type.Trim());

    public static PostgresTypeName Parse(string type)
    {
        var text = Spaces().Replace(type.Trim().ToLowerInvariant(), " ");
        var isArray = text.EndsWith("[]", StringComparison.Ordinal) || text.EndsWith(" array", StringComparison.Ordinal);
        text = isArray ? text[..text.LastIndexOfAny(['[', ' '])].TrimEnd('[', ']', ' ') : text;
        var modifiers = Parentheses().Match(text) is { Success: true } match
            ? match.Groups[1].Value.Split(',').Select(number => int.TryParse(number, CultureInfo.InvariantCulture, out var n) ? n : 0).ToArray()
            : [];
        var name = Spaces().Replace(Parentheses().Replace(text, " "), " ").Trim();
        name = name.StartsWith("pg_catalog.", StringComparison.Ordinal) ? name["pg_catalog.".Length..] : name;
        return new(Spellings.GetValueOrDefault(name, name.Trim('"')), modifiers, isArray);
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"\s*\(([^)]*)\)\s*")]
    private static partial Regex Parentheses();
}
