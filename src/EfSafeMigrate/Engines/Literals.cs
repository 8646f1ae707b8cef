using System.Globalization;

namespace EfSafeMigrate.Engines;

/// <summary>Values as SQL, where engines agree.</summary>
internal static class Literals
{
    public static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    public static string Number(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);

    /// <summary>EF writes a decimal with its point.</summary>
    public static string Decimal(decimal value) => value.ToString("0.0###########################", CultureInfo.InvariantCulture);

    public static string Double(double value)
    {
        var text = value.ToString("G17", CultureInfo.InvariantCulture);
        return text.AsSpan().ContainsAny('.', 'E') ? text : text + ".0";
    }

    public static string Format(IFormattable value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    public static string Hex(byte[] value) => Convert.ToHexString(value);
}
