using System.Collections.Frozen;

namespace EfSafeMigrate.Sql;

/// <summary>Where a statement of Transact-SQL ends: at a semicolon, at <c>GO</c>, or where the next one begins.</summary>
internal static class TSqlEnd
{
    private static readonly FrozenSet<string> Always = Names.Set(
        "BEGIN WHILE COMMIT ROLLBACK DECLARE PRINT RAISERROR RETURN USE WAITFOR GOTO OPEN CLOSE DEALLOCATE BREAK CONTINUE GRANT DENY REVOKE KILL DBCC "
        + "CHECKPOINT RECONFIGURE BACKUP RESTORE REVERT");

    private static readonly FrozenSet<string> Verbs = Names.Set("SELECT INSERT UPDATE DELETE MERGE EXEC EXECUTE");
    private static readonly FrozenSet<string> InFrontOfVerb = Names.Set("UNION ALL EXCEPT INTERSECT FOR AS THEN ON AFTER OF BULK ,");
    private static readonly FrozenSet<string> Rights = Names.Set("GRANT DENY REVOKE");
    private static readonly FrozenSet<string> Modules = Names.Set("PROCEDURE PROC FUNCTION TRIGGER VIEW");

    /// <param name="tokens">The script's.</param>
    /// <param name="from">The statement's first token.</param>
    /// <param name="to">The token behind the last that may belong to it.</param>
    public static int Of(IReadOnlyList<Token> tokens, int from, int to)
    {
        if (IsModule(tokens, from, to))
        {
            return EndOfBatch(tokens, from, to);
        }
        var at = new Progress(from);
        var blocks = new Stack<bool>();
        var (parentheses, awaits, ifs) = (0, false, 0);
        for (var i = from; i < to; i++)
        {
            var token = tokens[i];
            if (token.Kind == TokenKind.Terminator)
            {
                return i;
            }
            parentheses = Math.Max(0, parentheses + (token.Is("(") ? 1 : token.Is(")") ? -1 : 0));
            if (parentheses > 0 || token.Is(")"))
            {
                continue;
            }
            if (blocks.Count > 0)
            {
                if (token.Is("CASE") || IsBlock(tokens, i, to))
                {
                    blocks.Push(!token.Is("CASE"));
                }
                else if (token.Is("END") && !Next(tokens, i, to).Is("CONVERSATION") && blocks.Pop() && blocks.Count == 0)
                {
                    i = Next(tokens, i, to) is var word && (word.Is("TRY") || word.Is("CATCH")) ? i + 1 : i;
                    if (Next(tokens, i, to).Is("BEGIN") && Next(tokens, i + 1, to).Is("CATCH"))
                    {
                        i++;
                        blocks.Push(true);
                    }
                    else if (ifs == 0 || !ElseFollows(tokens, i, to))
                    {
                        return i + 1;
                    }
                }
                continue;
            }
            if (token.Is(";"))
            {
                if (i > from && ifs > 0 && ElseFollows(tokens, i, to))
                {
                    continue;
                }
                return i;
            }
            if (token.Is("CASE"))
            {
                blocks.Push(false);
            }
            else if (i > from && token.Is("END"))
            {
                return i;
            }
            else if (i > from && token.Is("ELSE"))
            {
                if (ifs == 0)
                {
                    return i;
                }
                (ifs, awaits) = (ifs - 1, true);
            }
            else if (i == from || at.Starts(tokens, i, to, awaits))
            {
                if (i > from && !awaits)
                {
                    return i;
                }
                at = new(i);
                awaits = token.Is("IF") || token.Is("WHILE");
                ifs += token.Is("IF") ? 1 : 0;
                if (IsBlock(tokens, i, to))
                {
                    blocks.Push(true);
                }
            }
            at = at.Past(tokens, i);
        }
        return to;
    }

    /// <summary>The first token of the statement behind a condition.</summary>
    public static int OfCondition(IReadOnlyList<Token> tokens, int from, int to)
    {
        var (parentheses, cases) = (0, 0);
        var at = new Progress(from);
        for (var i = from; i < to; i++)
        {
            var token = tokens[i];
            parentheses += token.Is("(") ? 1 : token.Is(")") ? -1 : 0;
            cases += token.Is("CASE") ? 1 : token.Is("END") ? -1 : 0;
            if (token.Is(";") || (parentheses <= 0 && cases <= 0 && i > from && at.Starts(tokens, i, to, awaits: true)))
            {
                return i;
            }
        }
        return to;
    }

    public static bool IsModule(IReadOnlyList<Token> tokens, int from, int to)
    {
        if (from >= to || !(tokens[from].Is("CREATE") || tokens[from].Is("ALTER")))
        {
            return false;
        }
        var kind = tokens[from].Is("CREATE") && Next(tokens, from, to).Is("OR") ? from + 2 : from;
        return Next(tokens, kind, to) is { Kind: TokenKind.Word } word && Modules.Contains(word.Raw);
    }

    private static int EndOfBatch(IReadOnlyList<Token> tokens, int from, int to)
    {
        while (from < to && tokens[from].Kind != TokenKind.Terminator)
        {
            from++;
        }
        return from;
    }

    private static bool ElseFollows(IReadOnlyList<Token> tokens, int i, int to) =>
        Next(tokens, i, to) is var next && (next.Is("ELSE") || (next.Is(";") && Next(tokens, i + 1, to).Is("ELSE")));

    private static bool IsBlock(IReadOnlyList<Token> tokens, int i, int to) =>
        tokens[i].Is("BEGIN") && Next(tokens, i, to) is var next
        && !next.Is("TRAN") && !next.Is("TRANSACTION") && !next.Is("DISTRIBUTED") && !next.Is("DIALOG") && !next.Is("CONVERSATION");

    private static Token Next(IReadOnlyList<Token> tokens, int i, int to) => i + 1 < to ? tokens[i + 1] : Token.None;

    /// <summary>How far the simple statement that begins at a token has come.</summary>
    /// <param name="Begun">Its first token, or the verb behind its common table expressions.</param>
    private readonly record struct Progress(int Begun)
    {
        /// <summary>What INSERT inserts, what WITH is for, or whom rights are given to has been said.</summary>
        private bool Sourced { get; init; }

        private bool Assigned { get; init; }

        public Progress Past(IReadOnlyList<Token> tokens, int i)
        {
            var (token, begun) = (tokens[i], tokens[Begun]);
            if (i == Begun || token.Kind != TokenKind.Word)
            {
                return this;
            }
            return begun.Is("WITH") && !Sourced && Verbs.Contains(token.Raw) ? new(i)
                : begun.Is("INSERT") && (Verbs.Contains(token.Raw) || token.Is("VALUES")) ? this with { Sourced = true }
                : Is(Rights, begun) && (token.Is("TO") || token.Is("FROM")) ? this with { Sourced = true }
                : token.Is("SET") ? this with { Assigned = true }
                : this;
        }

        public bool Starts(IReadOnlyList<Token> tokens, int i, int to, bool awaits)
        {
            var (token, before, next, begun) = (tokens[i], tokens[i - 1], Next(tokens, i, to), tokens[Begun]);
            if (token.Kind != TokenKind.Word || before.Is(".") || (Is(Rights, begun) && !Sourced))
            {
                return false;
            }
            if (Verbs.Contains(token.Raw))
            {
                var continues = Is(InFrontOfVerb, before) || next.Is("RANGE") || (token.Is("UPDATE") && next.Is("("))
                    || (!Sourced && (begun.Is("INSERT") || begun.Is("WITH")));
                return !continues;
            }
            return token.Raw.ToUpperInvariant() switch
            {
                "SET" => !(before.Is("DELETE") || before.Is("UPDATE") || next.Is("(") || (begun.Is("UPDATE") && !Assigned)
                    || (begun.Is("ALTER") && Next(tokens, Begun, to).Is("DATABASE"))),
                "IF" => !(next.Is("EXISTS") && !Next(tokens, i + 1, to).Is("(")),
                "FETCH" => !(before.Is("ROWS") || before.Is("ROW")),
                "SAVE" => next.Is("TRAN") || next.Is("TRANSACTION"),
                "TRUNCATE" => next.Is("TABLE"),
                "BULK" => next.Is("INSERT"),
                "THROW" => awaits,
                "WITH" => awaits && next.Kind == TokenKind.Word && Next(tokens, i + 1, to).Is("AS"),
                "ENABLE" or "DISABLE" => next.Is("TRIGGER") && !begun.Is("ALTER"),
                "CREATE" or "ALTER" or "DROP" => next.Kind == TokenKind.Word && (TSqlNames.Objects.Contains(next.Raw) || next.Is("OR")),
                _ => Always.Contains(token.Raw) && !next.Is("OPTION"),
            };
        }

        private static bool Is(FrozenSet<string> words, Token token) => token.Kind is TokenKind.Word or TokenKind.Symbol && words.Contains(token.Raw);
    }
}
