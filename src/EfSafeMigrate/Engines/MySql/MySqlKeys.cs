using System.Text.RegularExpressions;

namespace EfSafeMigrate.Engines.MySql;

/// <summary>
/// How values of a key travel as text. Compared with a number, a text is taken for a double, and large numbers become the same: it is converted
/// to the column's type first. Text stays in the column's collation, whose order is the walk's.
/// </summary>
internal static partial class MySqlKeys
{
    /// <param name="column">Quoted.</param>
    public static string Text(KeyColumn key, string column) => Kind(key.Type) switch
    {
        Bytes => $"HEX({column})",
        // Members of ENUM and SET are ordered by their numbers.
        Ordinal => $"CAST({column} + 0 AS CHAR)",
        // A FLOAT shows fewer digits than it has.
        Floating => $"CAST({column} + 0e0 AS CHAR)",
        _ => $"CAST({column} AS CHAR)",
    };

    public static string Value(KeyColumn key, string parameter) => Kind(key.Type) switch
    {
        Bytes => $"UNHEX({parameter})",
        Ordinal => $"CAST({parameter} AS UNSIGNED)",
        Floating => $"({parameter} + 0e0)",
        "" => parameter,
        var type => $"CAST({parameter} AS {type})",
    };

    /// <summary>Equal texts may be stored differently: upper and lower case, accents, spaces at the end.</summary>
    public static bool IsText(string type) => Name(type) is "char" or "varchar" or "tinytext" or "text" or "mediumtext" or "longtext" or "enum" or "set";

    /// <summary>Spaces at the end are not stored.</summary>
    public static bool CutsSpaces(string type) => Name(type) == "char";

    /// <summary>A text as it is stored, whatever its collation takes for equal.</summary>
    public static string Image(string value) => $"CAST(CONVERT({value} USING utf8mb4) AS BINARY)";

    /// <summary>A comparison of rows reads the whole index; <c>a &gt;= x AND (a &gt; x OR (a = x AND …))</c> reads a range of it.</summary>
    /// <param name="last">The sign for the last column.</param>
    public static string Beyond(IReadOnlyList<(string Column, string Value)> key, string sign, string last)
    {
        var (column, value) = key[0];
        return key.Count == 1 ? $"{column} {last} {value}"
            : $"{column} {sign}= {value} AND ({column} {sign} {value} OR ({column} = {value} AND {Beyond([.. key.Skip(1)], sign, last)}))";
    }

    private const string Bytes = "bytes";
    private const string Ordinal = "ordinal";
    private const string Floating = "floating";

    /// <summary>The type a text is converted to, one of the kinds above, or nothing for text.</summary>
    private static string Kind(string type) => Name(type) switch
    {
        "tinyint" or "smallint" or "mediumint" or "int" or "bigint" => type.Contains("unsigned", StringComparison.OrdinalIgnoreCase) ? "UNSIGNED" : "SIGNED",
        "year" => "UNSIGNED",
        "bit" or "enum" or "set" => Ordinal,
        "float" or "double" => Floating,
        "decimal" => $"DECIMAL{Length().Match(type).Value}",
        "date" => "DATE",
        "datetime" or "timestamp" => $"DATETIME{Length().Match(type).Value}",
        "time" => $"TIME{Length().Match(type).Value}",
        "binary" or "varbinary" or "tinyblob" or "blob" or "mediumblob" or "longblob" => Bytes,
        "uuid" => "UUID",
        "inet4" => "INET4",
        "inet6" => "INET6",
        _ => "",
    };

    private static string Name(string type) => Word().Match(type).Value.ToLowerInvariant();

    [GeneratedRegex(@"^\w+")]
    private static partial Regex Word();

    [GeneratedRegex(@"\([\d,]+\)")]
    private static partial Regex Length();
}
