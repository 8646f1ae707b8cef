namespace EfSafeMigrate.Sql;

/// <summary>One statement of a script, without its terminator.</summary>
/// <param name="From">The first token.</param>
/// <param name="To">The token behind the last.</param>
/// <param name="Line">One-based line of the first token.</param>
internal sealed record Statement(Script Script, int From, int To, int Line)
{
    public int Offset => Script.Tokens[From].Offset;

    public string Text => Script.Sql[Offset..Script.Tokens[To - 1].End];

    public bool IsUnclosed => Script.Tokens[To - 1].Kind == TokenKind.Unclosed;
}

/// <summary>Cuts a script into statements at the semicolons that end one.</summary>
internal static class Splitter
{
    public static IReadOnlyList<Statement> Split(string sql, SqlDialect dialect)
    {
        var script = Tokenizer.Read(sql, dialect);
        var statements = new List<Statement>();
        var (line, counted) = (1, 0);
        for (var from = 0; from < script.Tokens.Count;)
        {
            var to = dialect.Batches ? TSqlEnd.Of(script.Tokens, from, script.Tokens.Count) : End(script, from);
            if (to > from)
            {
                var offset = script.Tokens[from].Offset;
                line += sql.AsSpan(counted, offset - counted).Count('\n');
                counted = offset;
                statements.Add(new(script, from, to, line));
            }
            from = to < script.Tokens.Count && !IsSeparator(script.Tokens[to]) ? to : to + 1;
        }
        return statements;
    }

    /// <summary>True when there are statements, and every one of them is of the kind.</summary>
    public static bool HoldsOnly(string sql, SqlDialect dialect, Func<string, bool> kind) =>
        Split(sql, dialect) is { Count: > 0 } statements && statements.All(statement => kind(statement.Text));

    private static bool IsSeparator(Token token) => token.Kind == TokenKind.Terminator || token.Is(";");

    private static int End(Script script, int from)
    {
        var tokens = script.Tokens;
        var bodies = HoldsBodies(script, from);
        var (parentheses, blocks) = (0, 0);
        for (var i = from; i < tokens.Count; i++)
        {
            var token = tokens[i];
            if (token.Kind == TokenKind.Terminator && (token.Raw != ";" || (parentheses == 0 && blocks == 0)))
            {
                return i;
            }
            if (token.Is(";") && parentheses == 0 && blocks == 0 && !script.Dialect.ClientDelimiters)
            {
                return i;
            }
            parentheses = Math.Max(0, parentheses + (token.Is("(") ? 1 : token.Is(")") ? -1 : 0));
            if (bodies && token.Kind == TokenKind.Word)
            {
                blocks += Opens(script, i, blocks) ? 1 : blocks > 0 && token.Is("END") && !EndsClause(script, i) ? -1 : 0;
            }
        }
        return tokens.Count;
    }

    private static bool Opens(Script script, int at, int blocks) =>
        blocks > 0
            ? (script.Tokens[at].Is("CASE") && !script.Tokens[at - 1].Is("END")) || (script.Dialect.ClientDelimiters && script.Tokens[at].Is("BEGIN"))
            : script.Tokens[at].Is("BEGIN")
                && (script.Dialect.TriggerBodies || (at + 1 < script.Tokens.Count && script.Tokens[at + 1].Is("ATOMIC")));

    /// <summary><c>END IF</c> and its like close what never opened a block here.</summary>
    private static bool EndsClause(Script script, int at) =>
        script.Dialect.ClientDelimiters && at + 1 < script.Tokens.Count
        && (script.Tokens[at + 1] is var next) && (next.Is("IF") || next.Is("LOOP") || next.Is("WHILE") || next.Is("REPEAT"));

    private static bool HoldsBodies(Script script, int from)
    {
        // CREATE OR REPLACE DEFINER = `root`@`%` PROCEDURE.
        var head = script.Tokens.Skip(from).Take(script.Dialect.ClientDelimiters ? 10 : 4).ToArray();
        return head.Length > 1 && head[0].Is("CREATE")
            && head.Any(token => script.Dialect.TriggerBodies && token.Is("TRIGGER")
                || ((!script.Dialect.TriggerBodies || script.Dialect.ClientDelimiters) && (token.Is("FUNCTION") || token.Is("PROCEDURE") || token.Is("EVENT"))));
    }
}
