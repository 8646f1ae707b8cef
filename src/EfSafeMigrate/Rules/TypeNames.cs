using System.Text.RegularExpressions;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Sql;

namespace EfSafeMigrate.Rules;

/// <summary>Store types as far as rules of every engine compare them: by name, without lengths.</summary>
internal static partial class TypeNames
{
    /// <summary>The whole numbers, the smallest first.</summary>
    private static readonly string[] Integers = ["TINYINT", "SMALLINT", "MEDIUMINT", "INTEGER", "BIGINT"];

    /// <summary>True for the same type, and for two that hold text.</summary>
    public static bool AreAlike(string one, string other, Engine engine)
    {
        var (left, right) = (Of(one, engine), Of(other, engine));
        return left == right || (Text().IsMatch(left) && Text().IsMatch(right));
    }

    /// <summary>True when one integer type gives way to a larger one.</summary>
    public static bool IsLargerInteger(string from, string to, Engine engine) =>
        (Array.IndexOf(Integers, Of(from, engine)), Array.IndexOf(Integers, Of(to, engine))) is (>= 0 and var old, >= 0 and var wanted) && wanted > old;

    public static bool IsNamed(string type, string name, Engine engine) => Of(type, engine).Equals(name, StringComparison.OrdinalIgnoreCase);

    private static string Of(string type, Engine engine)
    {
        var name = Modifiers().Replace(SqlDialect.Of(engine.Id).Canonical(type.Trim().ToLowerInvariant()), "").Trim().Split('.')[^1].Trim('"');
        return name == "INT" ? "INTEGER" : name;
    }

    [GeneratedRegex(@"\s*\([^)]*\)")]
    private static partial Regex Modifiers();

    [GeneratedRegex("CHAR|TEXT|CLOB|ENUM")]
    private static partial Regex Text();
}
