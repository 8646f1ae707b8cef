using System.Text.RegularExpressions;

namespace EfSafeMigrate.Changes;

/// <summary>A name inside an SQL expression: found or replaced without reading the expression.</summary>
internal static partial class Mention
{
    public static bool Mentions(this string? sql, string name) =>
        sql is not null && Names().Matches(sql).Any(match => Is(match, name));

    /// <summary>A name in front of a parenthesis is a function's.</summary>
    public static bool MentionsColumn(this string? sql, string column) =>
        sql is not null && Names().Matches(sql).Any(match => Is(match, column) && !sql.AsSpan(match.Index + match.Length).TrimStart().StartsWith("("));

    public static string Renamed(this string sql, string name, string newName) =>
        Names().Replace(sql, match => !Is(match, name) ? match.Value : Plain().IsMatch(newName) && match.Value == name ? newName : Quoted(newName));

    /// <summary>A column under another name, where a bare word means its own lower-case letters, so that <c>DESC</c> is no column called Desc.</summary>
    /// <param name="quoted">The new name, quoted.</param>
    public static string RenamedColumn(this string sql, string name, string quoted) =>
        Names().Replace(sql, match => Is(match, name) && (match.Groups["quoted"].Success || !name.Any(char.IsUpper))
            && !sql.AsSpan(match.Index + match.Length).TrimStart().StartsWith("(") ? quoted : match.Value);

    /// <summary>Every name in an expression, as it is written.</summary>
    public static IReadOnlyList<NameInSql> NamesIn(this string sql) =>
    [
        .. from match in Names().Matches(sql)
           where match.Groups["quoted"].Success || match.Groups["bare"].Success
           let before = sql[..match.Index].TrimEnd()
           let behind = sql[(match.Index + match.Length)..].TrimStart()
           select new NameInSql(match.Value, behind.StartsWith('('), behind.StartsWith('.'), before.EndsWith('.'), Elsewhere().IsMatch(before)),
    ];

    private static bool Is(Match match, string name) =>
        match.Groups["quoted"] is { Success: true, Value: var quoted } ? quoted[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal) == name
        : match.Groups["bare"].Success && match.Value.Equals(name, StringComparison.OrdinalIgnoreCase);

    // Strings are matched first so that a name inside one is left alone.
    [GeneratedRegex("""'(?:[^']|'')*'|(?<quoted>"(?:[^"]|"")*"|\[[^\]]*\]|`[^`]*`)|(?<bare>[\p{L}_][\p{L}\p{N}_$]*)""")]
    private static partial Regex Names();

    [GeneratedRegex(@"(?:::|\b(?:AS|COLLATE))$", RegexOptions.IgnoreCase)]
    private static partial Regex Elsewhere();

    [GeneratedRegex("^[a-z_][a-z0-9_]*$")]
    private static partial Regex Plain();

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}

/// <summary>A name in an expression.</summary>
/// <param name="Text">With its quotes.</param>
/// <param name="IsCalled">A function's.</param>
/// <param name="Qualifies">Stands before a dot.</param>
/// <param name="IsQualified">Stands behind one.</param>
/// <param name="IsType">A type's or a collation's.</param>
internal sealed record NameInSql(string Text, bool IsCalled, bool Qualifies, bool IsQualified, bool IsType)
{
    public bool IsQuoted => Text[0] is '"' or '`' or '[';

    /// <summary>Without its quotes.</summary>
    public string Name => IsQuoted ? Text[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal) : Text;
}
