using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Sql;

/// <summary>Cuts a text into tokens. Whatever the input, it comes to an end and loses nothing but white space and comments.</summary>
internal sealed class Tokenizer
{
    private const string OperatorCharacters = "+-*/<>=~!@#%^&|?";

    private readonly string sql;
    private readonly SqlDialect dialect;
    private readonly List<Token> tokens = [];
    private readonly List<Comment> comments = [];
    private string delimiter = ";";
    private bool inComment;
    private int at;

    private Tokenizer(string sql, SqlDialect dialect) => (this.sql, this.dialect) = (sql, dialect);

    public static Script Read(string sql, SqlDialect dialect)
    {
        var tokenizer = new Tokenizer(sql, dialect);
        while (tokenizer.at < sql.Length)
        {
            tokenizer.Step();
        }
        return new(sql, tokenizer.tokens, dialect) { Comments = tokenizer.comments };
    }

    private void Step()
    {
        var c = sql[at];
        if (char.IsWhiteSpace(c) || c == '\uFEFF')
        {
            at++;
        }
        else if (dialect.ClientDelimiters && Starts(delimiter))
        {
            Take(TokenKind.Terminator, delimiter.Length);
        }
        else if (AtLineComment(c))
        {
            var start = at;
            at = EndOfLine();
            Hear(start);
        }
        else if (dialect.ClientCommands && c == '\\' && AtClientCommand())
        {
            ClientCommand();
        }
        else if (dialect.ExecutableComments && Executable() is > 0 and var opening)
        {
            (at, inComment) = (at + opening, true);
        }
        else if (inComment && Starts("*/"))
        {
            (at, inComment) = (at + 2, false);
        }
        else if (Starts("/*"))
        {
            SkipComment();
        }
        else if (c == '\'')
        {
            Quoted(TokenKind.Text, at, '\'', dialect.Backslashes);
        }
        else if (c == '"')
        {
            Quoted(dialect.TextInDoubleQuotes ? TokenKind.Text : TokenKind.QuotedName, at, '"', dialect.Backslashes && dialect.TextInDoubleQuotes);
        }
        else if (c == '[' && dialect.BracketNames)
        {
            Quoted(TokenKind.QuotedName, at, ']', backslash: false, doubled: dialect.Batches);
        }
        else if (c == '`' && dialect.BacktickNames)
        {
            Quoted(TokenKind.QuotedName, at, '`', backslash: false);
        }
        else if (c == '$' && dialect.DollarQuotes && DollarTag() is { } tag)
        {
            Dollars(tag);
        }
        else if (IsNameStart(c))
        {
            Word();
        }
        else if (char.IsDigit(c) || (c == '.' && char.IsDigit(Ahead(1))))
        {
            Take(TokenKind.Number, NumberLength());
        }
        else if (c is '$' or ':' or '@' && (IsNamePart(Ahead(1)) || char.IsDigit(Ahead(1))))
        {
            Take(TokenKind.Symbol, 1 + Run(at + 1, IsNamePart));
        }
        else
        {
            Take(TokenKind.Symbol, SymbolLength());
            if (dialect.ClientCommands && c == ';' && tokens.Count > 1 && tokens[^2].Is("STDIN"))
            {
                SkipRows();
            }
        }
    }

    /// <summary>Behind <c>COPY … FROM stdin;</c> a dump holds rows, up to a line of their own.</summary>
    private void SkipRows()
    {
        var end = sql.IndexOf("\n\\.", at, StringComparison.Ordinal);
        at = end < 0 ? sql.Length : end + 3;
    }

    private bool AtLineComment(char c) =>
        dialect.HashComments
            ? c == '#' || (Starts("--") && (at + 2 >= sql.Length || char.IsWhiteSpace(Ahead(2)) || char.IsControl(Ahead(2))))
            : Starts("--");

    private int EndOfLine()
    {
        var end = sql.IndexOf('\n', at);
        return end < 0 ? sql.Length : end;
    }

    /// <summary>How long the opening of a comment is whose text the server runs; 0 when none opens here or it never ends.</summary>
    private int Executable()
    {
        var opening = Starts("/*!") ? 3 : Starts("/*M!") ? 4 : 0;
        return opening == 0 || inComment || sql.IndexOf("*/", at, StringComparison.Ordinal) < 0 ? 0 : opening + Run(at + opening, char.IsDigit);
    }

    /// <summary>The client takes the rest of the line as what ends a statement from now on.</summary>
    private bool TakesDelimiter(int length)
    {
        if (!dialect.ClientDelimiters || !sql.AsSpan(at, length).Equals("DELIMITER", StringComparison.OrdinalIgnoreCase)
            || (tokens.Count > 0 && tokens[^1].Kind != TokenKind.Terminator))
        {
            return false;
        }
        var chosen = sql[(at + length)..EndOfLine()].Trim();
        if (chosen.Length == 0 || chosen.Any(char.IsWhiteSpace))
        {
            return false;
        }
        (delimiter, at) = (chosen, EndOfLine());
        return true;
    }

    /// <summary><c>GO</c>, with how often the batch is run, stands alone on its line.</summary>
    private bool TakesBatchEnd(int length)
    {
        if (!dialect.Batches || !sql.AsSpan(at, length).Equals("GO", StringComparison.OrdinalIgnoreCase)
            || !sql.AsSpan(LineStart(), at - LineStart()).IsWhiteSpace())
        {
            return false;
        }
        var count = at + length + Run(at + length, c => c is ' ' or '\t');
        count += Run(count, char.IsDigit);
        var rest = sql.AsSpan(count, Math.Max(count, EndOfLine()) - count).TrimStart();
        if (rest.Length > 0 && !rest.StartsWith("--"))
        {
            return false;
        }
        var counted = char.IsDigit(sql[count - 1]);
        Take(TokenKind.Terminator, counted ? count - at : length);
        return true;
    }

    private int LineStart() => at == 0 ? 0 : sql.LastIndexOf('\n', at - 1) + 1;

    private void SkipComment()
    {
        var start = at;
        var depth = 1;
        at += 2;
        while (at < sql.Length && depth > 0)
        {
            var (opens, closes) = (dialect.NestedComments && Starts("/*"), Starts("*/"));
            depth += opens ? 1 : closes ? -1 : 0;
            at += opens || closes ? 2 : 1;
        }
        if (depth > 0)
        {
            at = start;
            Take(TokenKind.Unclosed, sql.Length - start);
        }
        Hear(start);
    }

    /// <summary>Keeps the comment that ends here when it speaks to this tool.</summary>
    private void Hear(int start)
    {
        if (WaiverText.Is(sql.AsSpan(start, at - start)))
        {
            comments.Add(new(sql[start..at], start));
        }
    }

    /// <summary>First on its line, with no statement begun.</summary>
    private bool AtClientCommand() =>
        (tokens.Count == 0 || tokens[^1].Kind == TokenKind.Terminator || tokens[^1].Is(";"))
        && sql.AsSpan(0, at).TrimEnd(" \t").Length is var before && (before == 0 || sql[before - 1] is '\n' or '\uFEFF');

    /// <summary>A line for the client; one that runs something is a statement of its own, which nobody understands.</summary>
    private void ClientCommand()
    {
        var length = sql[at..EndOfLine()].TrimEnd().Length;
        if (dialect.HarmlessCommands.Contains(sql.Substring(at + 1, Run(at + 1, char.IsLetter))))
        {
            at += length;
            return;
        }
        Take(TokenKind.Symbol, length);
        Take(TokenKind.Terminator, 0);
    }

    private void Quoted(TokenKind kind, int quoteAt, char close, bool backslash, bool doubled = true)
    {
        for (var i = quoteAt + 1; i < sql.Length; i++)
        {
            if (backslash && sql[i] == '\\')
            {
                i++;
            }
            else if (sql[i] == close && i + 1 < sql.Length && sql[i + 1] == close && doubled)
            {
                i++;
            }
            else if (sql[i] == close)
            {
                Take(kind, i + 1 - at);
                return;
            }
        }
        Take(TokenKind.Unclosed, sql.Length - at);
    }

    private string? DollarTag()
    {
        var end = at + 1 + Run(at + 1, c => IsNamePart(c) && c != '$');
        return end < sql.Length && sql[end] == '$' && !char.IsDigit(sql[at + 1]) ? sql[at..(end + 1)] : null;
    }

    private void Dollars(string tag)
    {
        var end = sql.IndexOf(tag, at + tag.Length, StringComparison.Ordinal);
        Take(end < 0 ? TokenKind.Unclosed : TokenKind.Text, end < 0 ? sql.Length - at : end + tag.Length - at);
    }

    private void Word()
    {
        var length = Run(at, IsNamePart);
        var next = Ahead(length);
        if (TakesDelimiter(length) || TakesBatchEnd(length))
        {
            return;
        }
        if (length == 1 && next == '\'' && "EeBbXxNn".Contains(sql[at], StringComparison.Ordinal))
        {
            Quoted(TokenKind.Text, at + 1, '\'', dialect.Backslashes || (dialect.EscapeStrings && sql[at] is 'E' or 'e'));
        }
        else if (length == 1 && sql[at] is 'U' or 'u' && next == '&' && Ahead(2) is '\'' or '"')
        {
            Quoted(Ahead(2) == '"' ? TokenKind.QuotedName : TokenKind.Text, at + 2, Ahead(2), backslash: false);
        }
        else
        {
            Take(TokenKind.Word, length);
        }
    }

    private int NumberLength()
    {
        var length = Run(at, c => char.IsLetterOrDigit(c) || c is '.' or '_');
        // 1..10 in a PL/pgSQL loop is two numbers.
        var range = sql.IndexOf("..", at, length, StringComparison.Ordinal);
        if (range > at)
        {
            return range - at;
        }
        var exponent = char.ToUpperInvariant(sql[at + length - 1]) == 'E' && Ahead(length) is '+' or '-' && char.IsDigit(Ahead(length + 1));
        return exponent ? length + 1 + Run(at + length + 1, char.IsDigit) : length;
    }

    private int SymbolLength()
    {
        if (Starts("::") || Starts(":=") || Starts(".."))
        {
            return 2;
        }
        var length = 0;
        while (OperatorCharacters.Contains(Ahead(length), StringComparison.Ordinal)
            && (length == 0 || !(Ahead(length) == '-' && Ahead(length + 1) == '-') && !(Ahead(length) == '/' && Ahead(length + 1) == '*')))
        {
            length++;
        }
        return Math.Max(1, length);
    }

    private void Take(TokenKind kind, int length)
    {
        tokens.Add(new(kind, sql.Substring(at, length), at));
        at += length;
    }

    private bool Starts(string text) => string.CompareOrdinal(sql, at, text, 0, text.Length) == 0;

    private char Ahead(int by) => at + by < sql.Length ? sql[at + by] : '\0';

    private int Run(int from, Func<char, bool> belongs)
    {
        var end = from;
        while (end < sql.Length && belongs(sql[end]))
        {
            end++;
        }
        return end - from;
    }

    private bool IsNameStart(char c) => char.IsLetter(c) || c == '_' || c >= '\u0080' || (c is '@' or '#' && dialect.Batches);

    private bool IsNamePart(char c) => (IsNameStart(c) && !char.IsWhiteSpace(c)) || char.IsDigit(c) || c == '$';
}
