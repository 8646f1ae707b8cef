using System.Collections.Frozen;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Sql;

namespace EfSafeMigrate.Uses;

/// <summary>Reads which tables and columns a text in SQL names, and in which query; a text that is none comes out with little.</summary>
internal sealed class SqlScopes
{
    private static readonly FrozenSet<string> Queries = Words("SELECT WITH VALUES");
    private static readonly FrozenSet<string> BeforeTables = Words("FROM JOIN INTO UPDATE TABLE TRUNCATE REFERENCES USING APPLY COPY");
    private static readonly FrozenSet<string> Between = Words("ONLY LATERAL IF NOT EXISTS LOW_PRIORITY IGNORE TABLE FROM INTO OUTER");
    private static readonly FrozenSet<string> FromEnds = Words("WHERE GROUP ORDER HAVING SET LIMIT OFFSET WINDOW RETURNING SELECT VALUES WHEN FETCH FOR");
    private static readonly FrozenSet<string> SetOperations = Words("UNION INTERSECT EXCEPT");
    private static readonly FrozenSet<string> FunctionsWithFrom = Words("EXTRACT TRIM SUBSTRING OVERLAY POSITION");
    private static readonly FrozenSet<string> NotAliases = Words(
        "WHERE JOIN LEFT RIGHT FULL INNER CROSS OUTER NATURAL ON USING GROUP ORDER LIMIT OFFSET HAVING WINDOW UNION INTERSECT EXCEPT FETCH FOR RETURNING SET VALUES SELECT WHEN DEFAULT ADD DROP ALTER RENAME WITH OUTPUT RESTART CASCADE MODIFY CHANGE");

    private static readonly FrozenSet<string> Reserved = Words(
        "SELECT FROM WHERE GROUP ORDER BY HAVING LIMIT OFFSET UNION ALL DISTINCT JOIN LEFT RIGHT FULL INNER CROSS OUTER ON USING AND OR NOT IN IS NULL LIKE BETWEEN CASE WHEN THEN ELSE END AS ASC DESC INSERT INTO VALUES UPDATE SET DELETE CREATE ALTER DROP TABLE INDEX PRIMARY KEY REFERENCES CHECK DEFAULT WITH ILIKE SIMILAR RLIKE REGEXP GLOB DIV MOD XOR ESCAPE COLLATE INTERVAL TOP ANY SOME EXISTS MATCHED RETURNING OUTPUT");

    private readonly IReadOnlyList<Token> tokens;
    private readonly List<SqlScope> all = [];
    private readonly Stack<Level> levels = [];
    private readonly HashSet<string> queries = new(StringComparer.OrdinalIgnoreCase);
    private readonly bool indexes;
    private int at;

    private SqlScopes(string sql, SqlDialect dialect, IReadOnlyList<SqlSource> about)
    {
        tokens = Tokenizer.Read(sql, dialect).Tokens;
        indexes = tokens.Count > 0 && tokens[0].Is("CREATE") && tokens.Take(5).Any(token => token.Is("INDEX") || token.Is("TRIGGER"));
        Begin();
        levels.Peek().Scope.Sources.AddRange(about);
    }

    /// <param name="about">The tables that the rest of the statement names, for a part of one.</param>
    public static IReadOnlyList<SqlScope> In(string sql, SqlDialect dialect, params IReadOnlyList<SqlSource> about)
    {
        var reader = new SqlScopes(sql, dialect, about);
        while (reader.at < reader.tokens.Count)
        {
            reader.Step();
        }
        return reader.all;
    }

    private void Begin()
    {
        levels.Clear();
        levels.Push(new(Scope(null), InFrom: false, TakesFrom: true));
    }

    private SqlScope Scope(SqlScope? around)
    {
        var scope = new SqlScope(around);
        all.Add(scope);
        return scope;
    }

    private void Step()
    {
        var token = tokens[at++];
        var level = levels.Peek();
        switch (token)
        {
            case { Kind: TokenKind.Terminator } or { Raw: ";" }:
                Begin();
                break;
            case { Raw: "(" }:
                Open(level);
                break;
            case { Raw: ")" } when levels.Count > 1:
                Close();
                break;
            case { Raw: "," } when level.InFrom:
                Source(level);
                break;
            case { Kind: TokenKind.Word } when SetOperations.Contains(token.Raw):
                levels.Pop();
                levels.Push(level with { Scope = Scope(level.Scope.Around), InFrom = false });
                break;
            case { Kind: TokenKind.Word } when StartsSource(token, level):
                levels.Pop();
                levels.Push(level = level with { InFrom = token.Is("FROM") || token.Is("JOIN") || level.InFrom });
                Source(level);
                break;
            case { Kind: TokenKind.Word } when FromEnds.Contains(token.Raw):
                levels.Pop();
                levels.Push(level with { InFrom = false });
                break;
            case { Kind: TokenKind.Word or TokenKind.QuotedName }:
                Name(token, level);
                break;
            default:
                break;
        }
    }

    private bool StartsSource(Token token, Level level) =>
        token.Is("ON") ? indexes && level.Scope.Sources.Count == 0
        : BeforeTables.Contains(token.Raw) && token.Raw.ToUpperInvariant() switch
        {
            "FROM" => level.TakesFrom && !Before(2).Is("DISTINCT"),
            "UPDATE" => !(Before(2).Is("FOR") || Before(2).Is("ON") || Before(2).Is("DO") || Before(2).Is("KEY")),
            "USING" => !Ahead(0).Is("("),
            _ => true,
        };

    private void Open(Level level)
    {
        var before = Before(2);
        var isQuery = Queries.Contains(Ahead(0).Raw);
        levels.Push(isQuery ? new(Scope(level.Scope), InFrom: false, TakesFrom: true)
            : new(level.Scope, InFrom: false, TakesFrom: level.TakesFrom && !FunctionsWithFrom.Contains(before.Raw)));
    }

    /// <summary>A query that stands where a table would has an alias behind it.</summary>
    private void Close()
    {
        var closed = levels.Pop();
        var level = levels.Peek();
        if (closed.Scope == level.Scope || !level.InFrom)
        {
            return;
        }
        if (Alias() is { } alias)
        {
            level.Scope.Sources.Add(new(null, alias));
        }
    }

    private void Source(Level level)
    {
        while (at < tokens.Count && tokens[at].Kind == TokenKind.Word && Between.Contains(tokens[at].Raw))
        {
            at++;
        }
        if (!IsName(Ahead(0)) || IsReserved(Ahead(0)))
        {
            return;
        }
        var parts = new List<string> { tokens[at++].Unquoted() };
        while (Ahead(0).Is(".") && IsName(Ahead(1)))
        {
            parts.Add(tokens[at + 1].Unquoted());
            at += 2;
        }
        var isFunction = Ahead(0).Is("(") && level.InFrom;
        var table = parts.Count == 1 && (queries.Contains(parts[0]) || isFunction) ? null : new TableName(parts.Count > 1 ? parts[^2] : null, parts[^1]);
        level.Scope.Sources.Add(new(table, Alias() ?? (table is null ? parts[0] : null)));
    }

    private string? Alias()
    {
        var said = Ahead(0).Is("AS");
        var name = Ahead(said ? 1 : 0);
        if (!IsName(name) || (!said && name.Kind == TokenKind.Word && NotAliases.Contains(name.Raw)))
        {
            return null;
        }
        at += said ? 2 : 1;
        return name.Unquoted();
    }

    private void Name(Token token, Level level)
    {
        var (before, next) = (Before(2), Ahead(0));
        if (next.Is("AS") && (Ahead(1).Is("(") || Ahead(2).Is("(")) && before.Kind != TokenKind.Symbol | before.Is(","))
        {
            queries.Add(token.Unquoted());
        }
        if (next.Is("(") || next.Is(".") || before.Is("AS") || before.Is("::") || (!before.Is(".") && IsReserved(token)) || IsAlias(before, next))
        {
            return;
        }
        level.Scope.Columns.Add(new(before.Is(".") ? Before(3).Unquoted() : null, token.Unquoted()));
    }

    /// <summary><c>SELECT sum("Total") amount FROM</c>.</summary>
    private static bool IsAlias(Token before, Token next) =>
        (before.Is(")") || (before.Kind is TokenKind.Word or TokenKind.QuotedName && !IsReserved(before))) && (next.Is(",") || next.Is("FROM") || next.Is(")") || next.Kind == TokenKind.End);

    private static bool IsReserved(Token token) => token.Kind == TokenKind.Word && Reserved.Contains(token.Raw);

    private static bool IsName(Token token) => token.Kind is TokenKind.Word or TokenKind.QuotedName or TokenKind.Text && !token.Raw.StartsWith('\'');

    private Token Ahead(int by) => at + by < tokens.Count ? tokens[at + by] : Token.None;

    /// <summary>One is the token that was taken last.</summary>
    private Token Before(int by) => at - by >= 0 ? tokens[at - by] : Token.None;

    private static FrozenSet<string> Words(string words) => words.Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>What one pair of parentheses holds.</summary>
    private sealed record Level(SqlScope Scope, bool InFrom, bool TakesFrom);
}
