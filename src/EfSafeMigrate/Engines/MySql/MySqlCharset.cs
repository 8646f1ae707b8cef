using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines.MySql;

internal static class MySqlCharset
{
    /// <summary>A column that names no character set has the table's, and that is utf8mb4 where nobody says otherwise.</summary>
    public static string Of(Column column) =>
        column.Charset switch { "utf8" => "utf8mb3", { } named => named, null => column.Collation?.Split('_')[0] ?? "utf8mb4" };

    public static int Bytes(Column column) => Of(column) switch
    {
        "utf8mb4" or "utf16" or "utf32" => 4,
        "utf8mb3" or "ujis" or "eucjpms" => 3,
        "ucs2" or "gbk" or "big5" or "sjis" or "cp932" or "euckr" or "gb2312" => 2,
        _ => 1,
    };

    /// <summary>There are characters of the one that the other does not have.</summary>
    public static bool Loses(string from, string to) =>
        from != to && from != "ascii" && !IsWhole(to) && !(to is "utf8mb3" or "ucs2" && !IsWhole(from));

    private static bool IsWhole(string charset) => charset is "utf8mb4" or "utf16" or "utf16le" or "utf32";
}
