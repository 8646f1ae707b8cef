using System.Globalization;
using System.Text.RegularExpressions;
using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

/// <summary>A CHECK that compares one column with a number, tried on a constant.</summary>
internal static partial class ConstantCheck
{
    /// <summary>True only where it is certain; whatever is not understood is not certain.</summary>
    public static bool Breaks(string check, string column, Default given)
    {
        var match = Comparison().Match(check);
        if (!match.Success || !match.Groups["column"].Value.Trim('"', '[', ']', '`').Equals(column, StringComparison.OrdinalIgnoreCase)
            || !Number(match.Groups["limit"].Value, out var limit) || !Number(given.Sql.Trim(' ', '(', ')'), out var value))
        {
            return false;
        }
        return !(match.Groups["sign"].Value switch
        {
            ">" => value > limit,
            ">=" => value >= limit,
            "<" => value < limit,
            "<=" => value <= limit,
            "=" => value == limit,
            _ => value != limit,
        });
    }

    private static bool Number(string text, out decimal number) => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);

    [GeneratedRegex("""^[\s(]*(?<column>"[^"]+"|\[[^\]]+\]|`[^`]+`|\w+)\s*(?<sign>>=|<=|<>|!=|>|<|=)\s*(?<limit>[+-]?[\d.]+)[\s)]*$""")]
    private static partial Regex Comparison();
}
