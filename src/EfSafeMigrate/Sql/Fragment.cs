namespace EfSafeMigrate.Sql;

/// <summary>An expression that is to become part of a statement. What reaches beyond its end changes what the statement means.</summary>
internal static class Fragment
{
    /// <returns>What reaches beyond it, as the end of a sentence; null when it is whole.</returns>
    public static string? Flaw(string sql, SqlDialect dialect)
    {
        var (open, at) = (0, 0);
        foreach (var token in Tokenizer.Read(sql, dialect).Tokens)
        {
            open += token.Is("(") || token.Is("[") ? 1 : token.Is(")") || token.Is("]") ? -1 : 0;
            if (IsComment(sql[at..token.Offset]))
            {
                return "has a comment";
            }
            switch (token.Kind)
            {
                case TokenKind.Unclosed:
                    return token.Raw[0] == '/' ? "has a comment" : $"has a {token.Raw[0]} that is never closed";
                case TokenKind.Terminator:
                case var _ when token.Is(";"):
                    return $"has a {token.Raw}";
                case var _ when open < 0:
                    return "closes a parenthesis that it does not open";
                case var _ when open == 0 && token.Is(","):
                    return "has a comma outside of parentheses";
            }
            at = token.End;
        }
        return IsComment(sql[at..]) ? "has a comment" : open > 0 ? "opens a parenthesis that it does not close" : null;
    }

    /// <summary>Between two tokens there is nothing else but white space.</summary>
    private static bool IsComment(string between) => between.Any(c => !char.IsWhiteSpace(c) && c != '\uFEFF');
}
