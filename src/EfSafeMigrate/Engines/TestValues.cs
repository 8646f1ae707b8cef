using System.Globalization;

namespace EfSafeMigrate.Engines;

/// <summary>Values that show what becomes of them, by the types' names, on which engines agree.</summary>
internal static class TestValues
{
    private const int First = 101;

    private static readonly string[] Integers = ["int", "integer", "bigint", "smallint", "tinyint", "mediumint", "int2", "int4", "int8", "serial", "bigserial", "smallserial"];
    private static readonly string[] Numbers = ["numeric", "decimal", "number", "money", "smallmoney", "real", "double", "float", "float4", "float8"];
    private static readonly string[] Texts = ["text", "varchar", "character", "char", "nvarchar", "nchar", "citext", "longtext", "mediumtext", "tinytext", "ntext", "bpchar", "clob"];
    private static readonly string[] Bytes = ["bytea", "blob", "binary", "varbinary", "longblob", "mediumblob", "tinyblob", "image"];

    public static bool IsText(string type) => Texts.Contains(NameOf(type));

    /// <summary>The values are the same texts in both.</summary>
    public static bool IsAlike(string type, string other) => (IsText(type) && IsText(other)) || (Integers.Contains(NameOf(type)) && Integers.Contains(NameOf(other)));

    /// <param name="type">As the model says it.</param>
    /// <param name="name">Of the column; its texts begin with it.</param>
    /// <param name="row">From 0 on; another row has another value, as far as the type has any.</param>
    /// <returns>SQL; null when nobody knows a value of the type.</returns>
    public static string? Of(string type, string name, int row, TestForms forms)
    {
        var (word, number) = (NameOf(type), (First + row).ToString(CultureInfo.InvariantCulture));
        return type.Contains('[', StringComparison.Ordinal) ? null
            : word is "bool" or "boolean" or "bit" || type.StartsWith("tinyint(1)", StringComparison.OrdinalIgnoreCase) ? forms.True
            : Integers.Contains(word) ? number
            : Numbers.Contains(word) ? $"{row + 1}"
            : word is "uuid" or "uniqueidentifier" || type.Equals("char(36)", StringComparison.OrdinalIgnoreCase) ? $"'00000000-0000-0000-0000-000000000{number}'"
            : Texts.Contains(word) ? Literals.Quoted(Cut($"{name} {number}", number, LengthOf(type)))
            : Bytes.Contains(word) ? forms.Byte($"0{row + 1}")
            : word switch
            {
                "json" or "jsonb" => $"'{{\"n\": {number}}}'",
                "date" => $"'2026-01-0{row + 1}'",
                "time" or "timetz" => $"'01:02:0{row + 1}'",
                "datetimeoffset" or "timestamptz" => $"'2026-01-0{row + 1} 03:04:05+00:00'",
                "timestamp" when type.EndsWith("with time zone", StringComparison.OrdinalIgnoreCase) => $"'2026-01-0{row + 1} 03:04:05+00:00'",
                "timestamp" or "datetime" or "datetime2" or "smalldatetime" => $"'2026-01-0{row + 1} 03:04:05'",
                "interval" => $"'{row + 1} days'",
                "year" => $"{2026 + row}",
                _ => null,
            };
    }

    /// <summary>Where it has to be short, what tells one row from another is kept.</summary>
    private static string Cut(string text, string number, int? most) => most is not { } length || text.Length <= length ? text : length >= number.Length ? number : number[^length..];

    private static int? LengthOf(string type) =>
        type.IndexOf('(', StringComparison.Ordinal) is >= 0 and var open && int.TryParse(type[(open + 1)..].Split(')', ',')[0], CultureInfo.InvariantCulture, out var length) ? length : null;

    private static string NameOf(string type) => type.Split('(', ' ')[0].ToLowerInvariant();
}
