using System.Globalization;
using System.Text.RegularExpressions;

namespace EfSafeMigrate.Updates.Seeds;

/// <summary>What check constraints say of one column by itself. What is not recognised is left to the server, which refuses.</summary>
internal sealed partial record Bounds
{
    public decimal? Least { get; init; }
    public decimal? Greatest { get; init; }
    public int? ShortestText { get; init; }
    public int? LongestText { get; init; }
    public IReadOnlyList<string>? Allowed { get; init; }

    public static Bounds Of(string column, IEnumerable<string> checks)
    {
        var bounds = new Bounds();
        foreach (var check in checks)
        {
            // A choice says nothing certain; whether the column has a value is one that does not matter.
            var text = OrNull().Replace(Cast().Replace(check, ""), "");
            if (!Choice().IsMatch(text))
            {
                bounds = bounds.With(text, $"""(?<![\w"])"?{Regex.Escape(column)}"?(?![\w"])""");
            }
        }
        return bounds;
    }

    private Bounds With(string text, string name)
    {
        var bounds = this;
        if (Regex.Match(text, $@"{name}[\s)]*(?:=\s*ANY\s*\(+\s*ARRAY\s*\[|IN\s*\()(?<list>[^\])]*)", RegexOptions.IgnoreCase) is { Success: true } list)
        {
            bounds = bounds with { Allowed = [.. Item().Matches(list.Groups["list"].Value).Select(item => item.Value.Trim('\'').Replace("''", "'", StringComparison.Ordinal))] };
        }
        foreach (Match found in Regex.Matches(text, $@"(?<length>(?:char_|character_)?length\s*\(+\s*)?{name}[\s)]*(?<sign>>=|<=|>|<|<>)\s*\(*\s*(?<number>-?\d+(?:\.\d+)?|'')", RegexOptions.IgnoreCase))
        {
            bounds = bounds.With(found.Groups["length"].Success, found.Groups["sign"].Value, found.Groups["number"].Value);
        }
        foreach (Match found in Regex.Matches(text, $@"{name}[\s)]*BETWEEN\s*\(*(?<from>-?\d+(?:\.\d+)?)\)*\s+AND\s*\(*(?<to>-?\d+(?:\.\d+)?)", RegexOptions.IgnoreCase))
        {
            bounds = bounds.With(ofLength: false, ">=", found.Groups["from"].Value).With(ofLength: false, "<=", found.Groups["to"].Value);
        }
        return bounds;
    }

    private Bounds With(bool ofLength, string sign, string text)
    {
        if (!decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number))
        {
            // Compared with an empty text.
            return this with { ShortestText = 1 };
        }
        if (ofLength)
        {
            var length = (int)number;
            return sign switch
            {
                ">=" => this with { ShortestText = length },
                ">" => this with { ShortestText = length + 1 },
                "<=" => this with { LongestText = length },
                "<" => this with { LongestText = length - 1 },
                _ => this,
            };
        }
        // Beyond a bound that is excluded by as little as the column can hold, which the values see to.
        return sign switch
        {
            ">=" => this with { Least = Math.Max(number, Least ?? number) },
            ">" => this with { Least = Math.Max(number + 1, Least ?? (number + 1)) },
            "<=" => this with { Greatest = Math.Min(number, Greatest ?? number) },
            "<" => this with { Greatest = Math.Min(number - 1, Greatest ?? (number - 1)) },
            _ => this,
        };
    }

    [GeneratedRegex(@"::(?:""[^""]*""|[a-z_]+)(?:\.(?:""[^""]*""|\w+))?(?: varying| precision| with(?:out)? time zone)?(?:\(\d+(?:,\d+)?\))?(?:\[\])?", RegexOptions.IgnoreCase)]
    private static partial Regex Cast();

    [GeneratedRegex(@"[\w"".]+\s+IS\s+NULL\)?\s+OR\s", RegexOptions.IgnoreCase)]
    private static partial Regex OrNull();

    [GeneratedRegex(@"\bOR\b|\bNOT\b(?!\s+NULL)|\bCASE\b", RegexOptions.IgnoreCase)]
    private static partial Regex Choice();

    [GeneratedRegex(@"'(?:[^']|'')*'|-?\d+(?:\.\d+)?")]
    private static partial Regex Item();
}
