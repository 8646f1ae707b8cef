using System.Text.RegularExpressions;

namespace EfSafeMigrate.Engines.Postgres;

/// <summary>What can be told from the text of an expression without parsing it; each answer errs towards more work.</summary>
internal static partial class SqlText
{
    /// <summary>True when the condition cannot hold for a NULL in the column: one of its AND-ed terms is <c>column IS NOT NULL</c>.</summary>
    public static bool RequiresNotNull(string condition, string column)
    {
        condition = Space().Replace(condition, " ");
        var bare = condition.Replace("\"", "", StringComparison.Ordinal);
        // A name with quotes or spaces of its own is told by its quoted form only.
        var quoted = $"\"{column.Replace("\"", "\"\"", StringComparison.Ordinal)}\" IS NOT NULL";
        return !Or().IsMatch(bare)
            && (And().Split(bare).Any(term => term.Trim(' ', '(', ')').Equals($"{column} IS NOT NULL", StringComparison.OrdinalIgnoreCase))
                || condition.Trim(' ', '(', ')').Equals(quoted, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>True when the condition turns something round or offers a choice, so it does not simply say what its terms say.</summary>
    public static bool Excludes(string condition) => Or().IsMatch(condition);

    public static string WithoutLiterals(string sql) => Literal().Replace(sql, "''");

    /// <summary>The quoted values in the text.</summary>
    public static IEnumerable<string> Literals(string sql) => Literal().Matches(sql).Select(match => match.Value);

    /// <summary>True for <c>column = value</c> alone: one row at most when the column is a key.</summary>
    public static bool IsOneValueOf(string condition, string column) =>
        Regex.IsMatch(condition.Trim(), $"""^\(*\s*"?{Regex.Escape(column)}"?\s*=\s*(\d+|'[^']*')\s*\)*;?$""", RegexOptions.IgnoreCase);

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();

    [GeneratedRegex("'(?:[^']|'')*'")]
    private static partial Regex Literal();

    [GeneratedRegex(@"\bOR\b|\bNOT\s*\(", RegexOptions.IgnoreCase)]
    private static partial Regex Or();

    [GeneratedRegex(@"\bAND\b", RegexOptions.IgnoreCase)]
    private static partial Regex And();
}
