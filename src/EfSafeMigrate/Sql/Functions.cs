using System.Collections.Frozen;

namespace EfSafeMigrate.Sql;

/// <summary>A query that calls an unknown function may do anything.</summary>
internal static class Functions
{
    private static readonly FrozenSet<string> NotFunctions = Names.Set(
        "IN VALUES EXISTS AND OR NOT ANY ALL SOME OVER FILTER AS ON USING WHERE FROM SELECT THEN ELSE WHEN CASE LIKE ILIKE BETWEEN GROUP BY ROW "
        + "ARRAY CAST INTERVAL VARCHAR CHAR CHARACTER VARYING NUMERIC DECIMAL TIMESTAMP TIMESTAMPTZ TIME BIT VARBIT FLOAT HAVING LIMIT OFFSET DISTINCT "
        + "UNION EXCEPT INTERSECT JOIN LATERAL RETURN RETURNING SET IS SIMILAR MATERIALIZED CUBE ROLLUP SETS OF WITHIN INTO");

    /// <summary>Fails the cursor at the first call whose effect is not known.</summary>
    public static void Check(Cursor cursor)
    {
        if (cursor.Dialect.HarmlessFunctions is not { } harmless)
        {
            return;
        }
        while (!cursor.AtEnd)
        {
            var token = cursor.Next();
            // A name behind AS is an alias with its columns; one behind a word such as WITH is a common table expression.
            var isCall = token.Kind is TokenKind.Word or TokenKind.QuotedName && cursor.At("(")
                && !NotFunctions.Contains(token.Raw) && !cursor.Ahead(-2).Is("AS");
            var foreign = cursor.Ahead(-2).Is(".") && !cursor.Ahead(-3).Is("pg_catalog");
            if (isCall && (foreign || !harmless.Contains(token.Unquoted())) && !IsCommonTable(cursor))
            {
                cursor.Fail($"what the function `{token.Unquoted()}` does is not known");
            }
        }
    }

    private static bool IsCommonTable(Cursor cursor)
    {
        var ahead = cursor.Fork();
        ahead.Group();
        return ahead.At("AS (") || ahead.At("AS MATERIALIZED (") || ahead.At("AS NOT MATERIALIZED (");
    }
}
