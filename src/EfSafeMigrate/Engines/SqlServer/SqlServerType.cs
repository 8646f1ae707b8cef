using System.Globalization;

namespace EfSafeMigrate.Engines.SqlServer;

/// <summary>A column type taken apart: <c>decimal(10,2)</c>, <c>nvarchar(max)</c>.</summary>
internal sealed record SqlServerType(string Name, string Arguments)
{
    private static readonly string[] Integers = ["bit", "tinyint", "smallint", "int", "bigint"];
    private static readonly int[] Digits = [1, 3, 5, 10, 19];
    private static readonly string[] Moments = ["date", "smalldatetime", "datetime", "datetime2", "datetimeoffset"];

    public static SqlServerType Parse(string type)
    {
        var open = type.IndexOf('(', StringComparison.Ordinal);
        var name = (open < 0 ? type : type[..open]).Trim().ToLowerInvariant();
        var arguments = open < 0 ? "" : type[(open + 1)..].TrimEnd().TrimEnd(')').Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
        return new(name switch { "numeric" => "decimal", "timestamp" => "rowversion", _ => name }, arguments);
    }

    /// <summary>The row says how long the value is.</summary>
    public bool IsVariable => Name is "varchar" or "nvarchar" or "varbinary";

    public bool IsText => Name is "varchar" or "nvarchar" or "char" or "nchar" or "text" or "ntext";

    public bool IsMax => Arguments == "max";

    /// <summary>Kept outside the row, or in a form of its own: a default is written into every row.</summary>
    public bool IsLarge => IsMax || Name is "xml" or "text" or "ntext" or "image" or "hierarchyid" or "geometry" or "geography" or "sql_variant" or "json" or "vector";

    public long Length => IsMax ? long.MaxValue : Number(0, 1);

    public bool Same(SqlServerType other) => Name == other.Name && (Name is "decimal" ? (Number(0, 18), Number(1, 0)) == (other.Number(0, 18), other.Number(1, 0)) : Arguments == other.Arguments);

    /// <summary>The rows stay as they are: a variable length that grows within the row, or the old large types under their new name.</summary>
    public bool Extends(SqlServerType other) =>
        (IsVariable && Name == other.Name && IsMax == other.IsMax && Length >= other.Length)
        || (IsMax && (other.Name, Name) is ("text", "varchar") or ("ntext", "nvarchar") or ("image", "varbinary"));

    /// <summary>Only the values are looked at.</summary>
    public bool Shortens(SqlServerType other) => IsVariable && Name == other.Name && !IsMax && !other.IsMax && Length < other.Length;

    /// <summary>True when every value of the other type is one of this.</summary>
    public bool Holds(SqlServerType other) =>
        Same(other) || Extends(other)
        || (IsText && other.IsText ? (Name[0] == 'n' || other.Name[0] != 'n') && Length >= other.Length
            : IsText ? Length >= Shown(other)
            : Name == "varbinary" || Name == "binary" ? other.Name is "varbinary" or "binary" && Length >= other.Length
            : Rank(Integers, Name) >= 0 ? Rank(Integers, other.Name) is >= 0 and var rank && rank < Rank(Integers, Name)
            : Name == "decimal" ? Decimal(other)
            : Name == "float" ? other.Name is "real" or "float" or "bit" or "tinyint" or "smallint" or "int"
            : Rank(Moments, Name) >= 0 && Rank(Moments, other.Name) is >= 0 and var earlier && (earlier <= Rank(Moments, Name)));

    private bool Decimal(SqlServerType other) =>
        other.Name == "decimal" ? Number(1, 0) >= other.Number(1, 0) && Number(0, 18) - Number(1, 0) >= other.Number(0, 18) - other.Number(1, 0)
        : Rank(Integers, other.Name) is >= 0 and var rank && Number(0, 18) - Number(1, 0) >= Digits[rank];

    /// <summary>The longest value as text.</summary>
    private static long Shown(SqlServerType type) =>
        Rank(Integers, type.Name) is >= 0 and var rank ? Digits[rank] + 1
        : type.Name switch { "uniqueidentifier" => 36, "decimal" => type.Number(0, 18) + 2, "date" => 10, _ => long.MaxValue };

    private long Number(int at, long otherwise) =>
        Arguments.Split(',').ElementAtOrDefault(at) is { } text && long.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : otherwise;

    private static int Rank(string[] order, string name) => Array.IndexOf(order, name);
}
