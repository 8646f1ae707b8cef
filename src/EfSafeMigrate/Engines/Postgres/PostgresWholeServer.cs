using System.Text.RegularExpressions;
using EfSafeMigrate.Sql;

namespace EfSafeMigrate.Engines.Postgres;

/// <summary>Statements that reach beyond the database they run in: roles, databases and settings belong to the server.</summary>
internal static partial class PostgresWholeServer
{
    /// <returns>The words that say so, for example <c>CREATE ROLE</c>; null when nothing does.</returns>
    public static string? Of(string sql)
    {
        var found = Wide().Match(Spoken(sql));
        return found.Success ? string.Join(' ', found.Groups[1].Value.ToUpperInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) : null;
    }

    /// <summary>Without comments and plain texts; what a block does, also in a text that it executes, counts.</summary>
    private static string Spoken(string sql) => string.Join(' ', Tokenizer.Read(sql, SqlDialect.Of(PostgresEngine.Value.Id)).Tokens.Select(token => token.Kind switch
    {
        TokenKind.Text when token.Raw.StartsWith('$') => $"; {token.Unquoted()} ;",
        TokenKind.Text => "_",
        TokenKind.QuotedName => "_",
        _ => token.Raw,
    }));

    [GeneratedRegex(
        """
        (?:^|[;']|\b(?:BEGIN|THEN|ELSE|LOOP|EXECUTE)\b)\s*(
          (?:CREATE|ALTER|DROP)\s+(?:ROLE|USER(?!\s+MAPPING)|GROUP|DATABASE|TABLESPACE)\b
          | ALTER\s+SYSTEM\b | (?:REASSIGN|DROP)\s+OWNED\b | COMMENT\s+ON\s+(?:DATABASE|ROLE|TABLESPACE)\b
          | (?:GRANT|REVOKE)\b(?=(?:(?!\bON\b)[^;'])*\b(?:TO|FROM)\b))
        """, RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Wide();
}
