using System.Collections.Frozen;
using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Sql;

/// <summary>The tables a query reads.</summary>
internal static class TableReferences
{
    private static readonly FrozenSet<string> Queries = Names.Set("SELECT WITH VALUES TABLE (");
    private static readonly FrozenSet<string> Sources = Names.Set("FROM JOIN");
    private static readonly FrozenSet<string> FromEnds = Names.Set("SELECT WHERE GROUP ORDER HAVING WINDOW LIMIT UNION INTERSECT EXCEPT FOR RETURNING");
    private static readonly FrozenSet<string> NotAliases = Names.Set(
        "WHERE JOIN LEFT RIGHT FULL INNER CROSS NATURAL ON USING GROUP ORDER LIMIT OFFSET HAVING WINDOW UNION INTERSECT EXCEPT FETCH FOR RETURNING WITH TABLESAMPLE");

    public static IReadOnlyList<TableName> In(Cursor cursor)
    {
        var found = new List<TableName>();
        var named = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var levels = new Stack<Level>([new(IsQuery: true, InFrom: false)]);
        while (!cursor.AtEnd)
        {
            var token = cursor.Next();
            if (token.Is("("))
            {
                // FROM inside extract(…) or trim(…) names no table.
                levels.Push(new(cursor.AtAny(Queries) || Sources.Contains(cursor.Ahead(-2).Raw), InFrom: false));
            }
            else if (token.Is(")") && levels.Count > 1)
            {
                levels.Pop();
            }
            else if (token.Kind is TokenKind.Word or TokenKind.QuotedName && (cursor.At("AS (") || cursor.At("AS MATERIALIZED (")))
            {
                named.Add(token.Unquoted());
            }
            else if (levels.Peek().IsQuery && StartsSource(cursor, token, levels.Peek().InFrom))
            {
                levels.Push(levels.Pop() with { InFrom = true });
                Source(cursor, found);
            }
            else if (token.Kind == TokenKind.Word && FromEnds.Contains(token.Raw))
            {
                levels.Push(levels.Pop() with { InFrom = false });
            }
        }
        return [.. found.Where(table => table.Schema is not null || !named.Contains(table.Name)).Distinct()];
    }

    private static bool StartsSource(Cursor cursor, Token token, bool inFrom) =>
        (inFrom && token.Is(","))
        || (token.Kind == TokenKind.Word && Sources.Contains(token.Raw) && !cursor.Ahead(-2).Is("DISTINCT"));

    private static void Source(Cursor cursor, List<TableName> found)
    {
        _ = cursor.TakeAny("ONLY", "LATERAL");
        if (!cursor.AtName())
        {
            return;
        }
        var table = cursor.Table();
        if (cursor.At("("))
        {
            return;
        }
        found.Add(table);
        cursor.Take("*");
        if (cursor.Take("AS") || (cursor.AtName() && !cursor.AtAny(NotAliases)))
        {
            cursor.Name();
        }
    }

    /// <summary>What one pair of parentheses holds.</summary>
    private sealed record Level(bool IsQuery, bool InFrom);
}
