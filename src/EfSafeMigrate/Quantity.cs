using System.Globalization;

namespace EfSafeMigrate;

/// <summary>How many of a thing. The words are our own and regular; a library's vocabulary takes a quarter of a second to learn the others.</summary>
internal static class Quantity
{
    public static string ToQuantity(this string one, long count) => string.Create(CultureInfo.InvariantCulture, $"{count} {one}{(count is 1 or -1 ? "" : one[^1] == 'x' ? "es" : "s")}");
}
