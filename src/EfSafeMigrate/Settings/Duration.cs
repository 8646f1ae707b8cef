using System.Globalization;

namespace EfSafeMigrate.Settings;

/// <summary>A length of time as people write it: <c>90s</c>, <c>10m</c>, <c>8h</c>, <c>2d</c>.</summary>
internal static class Duration
{
    public const string Form = "a number and s, m, h or d, for example 10m";

    /// <summary>Null when the text is no length of time.</summary>
    public static TimeSpan? Parse(string text)
    {
        var trimmed = text.Trim();
        if (trimmed.Length < 2 || !double.TryParse(trimmed[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) || number > 100_000)
        {
            return null;
        }
        return trimmed[^1] switch
        {
            's' => TimeSpan.FromSeconds(number),
            'm' => TimeSpan.FromMinutes(number),
            'h' => TimeSpan.FromHours(number),
            'd' => TimeSpan.FromDays(number),
            _ => null,
        };
    }
}
