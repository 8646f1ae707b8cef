using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Sql;

internal static class FunctionStatement
{
    /// <param name="cursor">Behind <c>FUNCTION</c> or <c>PROCEDURE</c>.</param>
    public static IReadOnlyList<Change> Create(Cursor cursor)
    {
        cursor.Take("IF NOT EXISTS");
        var name = cursor.Qualified();
        cursor.Group();
        if (cursor.Dialect.WholeColumns && cursor.Ok)
        {
            return MySqlProcedure.Create(cursor, name);
        }
        if (cursor.AtEnd)
        {
            cursor.FailHere();
        }
        var (isVolatile, inSql, inBlock, body) = (true, false, false, (string?)null);
        while (!cursor.AtEnd)
        {
            isVolatile &= !cursor.At("IMMUTABLE") && !cursor.At("STABLE");
            inSql |= cursor.At("LANGUAGE SQL");
            inBlock |= cursor.At("LANGUAGE plpgsql");
            if (cursor.Take("AS") && cursor.Current.Kind == TokenKind.Text)
            {
                body = cursor.Text();
                continue;
            }
            if (!cursor.AtEnd)
            {
                cursor.Next();
            }
        }
        return [new CreateFunction(name.ToString()) { Volatile = isVolatile, Sql = inSql ? body : null, Body = inSql || inBlock ? body : null }];
    }
}
