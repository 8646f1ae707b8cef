using System.Text.RegularExpressions;

namespace EfSafeMigrate.Engines.MariaDb;

/// <summary>
/// Whether what MariaDB says of a check can be what was written. The server writes a check anew, with other brackets, names of functions and turned
/// conditions; the columns, the values and, where nothing is negated, the comparisons stay.
/// </summary>
internal static partial class MariaDbCheckText
{
    public static bool MayBeSame(string written, string told, IReadOnlyList<string> columns)
    {
        if (IsDoubtful(written) || IsDoubtful(told))
        {
            return true;
        }
        var (one, other) = (Parts(written, columns), Parts(told, columns));
        return one.Values.SequenceEqual(other.Values) && (Negated().IsMatch(written) || Negated().IsMatch(told) || one.Comparisons.SequenceEqual(other.Comparisons));
    }

    private static bool IsDoubtful(string text) => Doubtful().IsMatch(Quoted().Replace(text, "''"));

    private static (string[] Values, string[] Comparisons) Parts(string text, IReadOnlyList<string> columns)
    {
        List<string> values = [], comparisons = [];
        foreach (Match part in Token().Matches(text))
        {
            if (part.Groups["text"] is { Success: true } quoted)
            {
                values.Add($"'{Escape().Replace(quoted.Value, "$1")}");
            }
            else if (part.Groups["number"] is { Success: true } number)
            {
                values.Add(number.Value.Contains('.', StringComparison.Ordinal) ? $"0{number.Value}".TrimStart('0').TrimEnd('0').TrimEnd('.') : number.Value.TrimStart('0'));
            }
            else if (part.Groups["comparison"] is { Success: true } comparison)
            {
                comparisons.Add(comparison.Value == "!=" ? "<>" : comparison.Value);
            }
            else if (part.Groups["truth"] is { Success: true } truth)
            {
                values.Add(truth.Value.Equals("true", StringComparison.OrdinalIgnoreCase) ? "1" : "");
            }
            else if (Name(part) is var name && columns.FirstOrDefault(column => column.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } column)
            {
                values.Add($"`{column}");
            }
        }
        return ([.. values.Order(StringComparer.Ordinal)], [.. comparisons.Order(StringComparer.Ordinal)]);
    }

    private static string Name(Match part) => part.Groups["quoted"] is { Success: true } quoted ? quoted.Value.Replace("``", "`", StringComparison.Ordinal) : part.Value;

    // Literals that the server may spell anew, strings that may be names, and comments.
    [GeneratedRegex("""["]|\b0x|\b[xb]'|\b_\w+\s*'|\b(?:date|time|timestamp)\s*'|\d[eE][+-]?\d|''\s+''|/\*|--|#""", RegexOptions.IgnoreCase)]
    private static partial Regex Doubtful();

    [GeneratedRegex(@"'(?:[^'\\]|\\.|'')*'", RegexOptions.Singleline)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\bnot\b(?!\s+null\b)|!(?!=)", RegexOptions.IgnoreCase)]
    private static partial Regex Negated();

    [GeneratedRegex("""'(?<text>(?:[^'\\]|\\.|'')*)'|`(?<quoted>(?:[^`]|``)+)`|(?<number>(?<![\w.])(?:\d+(?:\.\d*)?|\.\d+))|(?<comparison><=>|<=|>=|<>|!=|=|<|>)|\b(?<truth>true|false)\b|\b[\p{L}_$][\w$]*\b(?!\s*\()""", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Token();

    [GeneratedRegex(@"(?:\\|'(?='))(.)", RegexOptions.Singleline)]
    private static partial Regex Escape();
}
