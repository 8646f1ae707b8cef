using System.Globalization;
using System.Text.RegularExpressions;

namespace EfSafeMigrate.Engines.MySql;

/// <summary>A column type taken apart: <c>decimal(10,2) unsigned</c>.</summary>
internal sealed partial record MySqlType(string Name, string Arguments, bool Unsigned)
{
    /// <summary>The most bytes of a text whose length is kept in one byte.</summary>
    public const int OneByteLength = 255;

    private static readonly string[] Integers = ["tinyint", "smallint", "mediumint", "int", "bigint"];
    private static readonly string[] Texts = ["tinytext", "text", "mediumtext", "longtext"];
    private static readonly string[] Blobs = ["tinyblob", "blob", "mediumblob", "longblob"];

    public static MySqlType Parse(string type)
    {
        var unsigned = type.EndsWith(" unsigned", StringComparison.OrdinalIgnoreCase);
        var bare = unsigned ? type[..^" unsigned".Length] : type;
        var open = bare.IndexOf('(', StringComparison.Ordinal);
        return open < 0
            ? new(bare.Trim().ToLowerInvariant(), "", unsigned)
            : new(bare[..open].Trim().ToLowerInvariant(), bare[(open + 1)..].TrimEnd().TrimEnd(')'), unsigned);
    }

    public bool IsInteger => Integers.Contains(Name);

    public bool IsNumber => IsInteger || Name is "decimal" or "float" or "double" or "bit" or "year";

    public bool IsBinary => Name is "varbinary" or "binary" || Blobs.Contains(Name);

    public bool IsText => Name is "varchar" or "char" || Texts.Contains(Name);

    /// <summary>The length in characters; 0 when the type says none.</summary>
    public long Length => Number(0);

    /// <summary>Digits behind the point.</summary>
    public long Scale => Number(1);

    /// <summary>What an integer type can hold.</summary>
    public (string Least, string Most) Range
    {
        get
        {
            var bits = Name switch { "tinyint" => 8, "smallint" => 16, "mediumint" => 24, "int" => 32, _ => 64 };
            var span = System.Numerics.BigInteger.One << (Unsigned ? bits : bits - 1);
            return (Unsigned ? "0" : $"{-span}", $"{span - 1}");
        }
    }

    public bool IsEnum => Name is "enum" or "set";

    /// <summary>True when every value of the other type is one of this.</summary>
    public bool Holds(MySqlType other) =>
        Name == other.Name ? HoldsOwn(other)
        : IsInteger && other.IsInteger ? Rank(Integers, Name) > Rank(Integers, other.Name) && (!Unsigned || other.Unsigned)
        : Texts.Contains(Name) ? other.IsEnum || other.Name is "varchar" or "char" || Rank(Texts, Name) > Rank(Texts, other.Name)
        : Blobs.Contains(Name) ? Rank(Blobs, Name) > Rank(Blobs, other.Name) && Rank(Blobs, other.Name) >= 0
        : Name is "varchar" or "char" ? (other.Name is "varchar" or "char" && Length >= other.Length) || (other.IsInteger && Length >= 20)
        : Name is "double" ? other.Name is "float" || other.IsInteger
        : Name is "decimal" ? other.IsInteger && Length - Scale >= 20
        : Name is "datetime" && other.Name is "date" or "timestamp";

    private bool HoldsOwn(MySqlType other) =>
        IsEnum ? Values(other).All(Values(this).Contains)
        : IsInteger ? Unsigned == other.Unsigned
        : Name == "decimal" ? Scale >= other.Scale && Length - Scale >= other.Length - other.Scale && (!Unsigned || other.Unsigned)
        // Digits behind the second are rounded, which never fails.
        : Name is "datetime" or "timestamp" or "time" || Length >= other.Length;

    /// <summary>Values at the end are new; those before keep their place.</summary>
    public bool Extends(MySqlType other) =>
        IsEnum && Name == other.Name && Values(this) is var mine && Values(other) is var theirs
        && mine.Count >= theirs.Count && mine.Take(theirs.Count).SequenceEqual(theirs) && Stored(mine.Count) == Stored(theirs.Count);

    /// <summary>The values of an ENUM or SET; null for every other type.</summary>
    public static ValueList? ValuesOf(string type) =>
        Parse(type) is { IsEnum: true } list ? new(list.Name == "set", Values(list), list.Stored(Values(list).Count)) : null;

    /// <summary>The same but for the width at which a client shows it.</summary>
    public bool Same(MySqlType other) =>
        Name == other.Name && Unsigned == other.Unsigned && (IsInteger || Arguments.Replace(" ", "", StringComparison.Ordinal) == other.Arguments.Replace(" ", "", StringComparison.Ordinal));

    private int Stored(int values) => Name != "set" ? values < 256 ? 1 : 2 : values > 32 ? 8 : (values + 7) / 8;

    private long Number(int at) =>
        Arguments.Split(',').ElementAtOrDefault(at) is { } text && long.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static IReadOnlyList<string> Values(MySqlType type) =>
        [.. Listed().Matches(type.Arguments).Select(match => match.Groups["value"].Value.Replace("''", "'", StringComparison.Ordinal))];

    [GeneratedRegex("""(?<quote>['"])(?<value>(?:(?!\k<quote>)[^\\]|\\.|\k<quote>\k<quote>)*)\k<quote>""", RegexOptions.Singleline)]
    private static partial Regex Listed();

    private static int Rank(string[] order, string name) => Array.IndexOf(order, name);
}
