using System.Collections.Frozen;
using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Sql;

/// <summary>The tables a query reads.</summary>
internal static class TableReferences
{
    private static readonly FrozenSet<string> Queries = Names.Set("SELECT WITH VALUES TABLE (");
    private static readonly FrozenSet<string> Sources = Names.Set("FROM JOIN");
    private static readonly FrozenSet<string> NotAliases = Names.Set(
        "WHERE JOIN LEFT RIGHT FULL INNER CROSS NATURAL ON USING GROUP ORDER LIMIT OFFSET HAVING WINDOW UNION INTERSECT EXCEPT FETCH FOR RETURNING WITH TABLESAMPLE");

    public static IReadOnlyList<TableName> In(Cursor cursor)
    {
        var found = new List<TableName>();
        var named = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var queries = new Stack<bool>([true]);
        while (!cursor.AtEnd)
        {
            var token = cursor.Next();
            if (token.Is("("))
            {
                // FROM inside extract(…) or trim(…) names no table.
                queries.Push(cursor.AtAny(Queries) || cursor.Ahead(-2) is var before && Sources.Contains(before.Raw));
            }
            else if (token.Is(")") && queries.Count > 1)
            {
                queries.Pop();
            }
            else if (token.Kind is TokenKind.Word or TokenKind.QuotedName && (cursor.At("AS (") || cursor.At("AS MATERIALIZED (")))
            {
                named.Add(token.Unquoted());
            }
            else if (token.Kind == TokenKind.Word && Sources.Contains(token.Raw) && queries.Peek() && !cursor.Ahead(-2).Is("DISTINCT"))
            {
                Source(cursor, found);
            }
        }
        return [.. found.Where(table => table.Schema is not null || !named.Contains(table.Name)).Distinct()];
    }

    private static void Source(Cursor cursor, List<TableName> found)
    {
        do
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
        while (cursor.Take(","));
    }
}
