using System.Globalization;
using System.Xml.Linq;

namespace EfSafeMigrate.Reports;

/// <summary>Attributes of elements on a page, and of what is drawn there.</summary>
internal static class Svg
{
    public static XAttribute At(string name, string value) => new(name, value);

    public static XAttribute At(string name, double value) => new(name, Number(value));

    public static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
