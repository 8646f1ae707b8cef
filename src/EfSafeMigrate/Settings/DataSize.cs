using System.Globalization;

namespace EfSafeMigrate.Settings;

/// <summary>A number of bytes as people write it: <c>800kB</c>, <c>50MB</c>, <c>1.5GB</c>.</summary>
internal static class DataSize
{
    public const string Form = "a number and kB, MB or GB, for example 50MB";

    private static readonly (string Unit, long Bytes)[] Units = [("KB", 1L << 10), ("MB", 1L << 20), ("GB", 1L << 30), ("B", 1)];

    /// <summary>Null when the text is no such number, or 0.</summary>
    public static long? Parse(string text)
    {
        var trimmed = text.Trim().ToUpperInvariant();
        return Units.FirstOrDefault(each => trimmed.EndsWith(each.Unit, StringComparison.Ordinal)) is { Unit: { } unit, Bytes: var bytes }
            && double.TryParse(trimmed[..^unit.Length], NumberStyles.AllowDecimalPoint | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number) && number * bytes is >= 1 and < 1e15
            ? (long)(number * bytes) : null;
    }
}
