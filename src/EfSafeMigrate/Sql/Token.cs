using System.Text;

namespace EfSafeMigrate.Sql;

internal enum TokenKind { End, Word, QuotedName, Text, Number, Symbol, Terminator, Unclosed }

/// <param name="Raw">The token as it is written, quotes included.</param>
/// <param name="Offset">Where it starts in the script.</param>
internal readonly record struct Token(TokenKind Kind, string Raw, int Offset)
{
    public static readonly Token None = new(TokenKind.End, "", 0);

    public int End => Offset + Raw.Length;

    public bool Is(ReadOnlySpan<char> word) =>
        Kind is TokenKind.Word or TokenKind.Symbol or TokenKind.Terminator && word.Equals(Raw, StringComparison.OrdinalIgnoreCase);

    /// <summary>Where the text between the quotes starts in the script; null when it is not written there as it is.</summary>
    public int? Inside =>
        Raw.StartsWith('$') ? Offset + Raw.IndexOf('$', 1) + 1
        : Raw.StartsWith('\'') && Raw.Length - Unquoted().Length == 2 ? Offset + 1
        : null;

    /// <summary>What stands between the quotes.</summary>
    public string Unquoted()
    {
        if (Raw.StartsWith('$'))
        {
            var tag = Raw.IndexOf('$', 1) + 1;
            return Raw[tag..^tag];
        }
        var open = Raw.IndexOfAny(['\'', '"', '[', '`']);
        if (open < 0)
        {
            return Raw;
        }
        var quote = Raw[^1].ToString();
        return Raw[(open + 1)..^1].Replace(quote + quote, quote, StringComparison.Ordinal);
    }
}

/// <summary>A text with its tokens; white space and comments are not among them.</summary>
internal sealed record Script(string Sql, IReadOnlyList<Token> Tokens, SqlDialect Dialect)
{
    /// <summary>Some tokens in one spelling, however they were laid out: a space where anything stood between two of them.</summary>
    public string Text(int from, int to)
    {
        var text = new StringBuilder(Tokens[from].Raw);
        for (var i = from + 1; i < to; i++)
        {
            var (left, right) = (Tokens[i - 1], Tokens[i]);
            var tight = left.Is("(") || left.Is("[") || right.Is(")") || right.Is("]") || right.Is(",");
            text.Append(left.End == right.Offset || tight ? "" : " ").Append(right.Raw);
        }
        return text.ToString();
    }

    /// <summary>The comments that speak to this tool.</summary>
    public IReadOnlyList<Comment> Comments { get; init; } = [];
}

/// <param name="Text">With its marks.</param>
/// <param name="Offset">Where it starts in the script.</param>
internal readonly record struct Comment(string Text, int Offset);
