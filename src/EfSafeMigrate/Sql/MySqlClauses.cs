using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Sql;

/// <summary><c>ALGORITHM=</c> and <c>LOCK=</c>: the server does it that way or refuses.</summary>
internal static class MySqlClauses
{
    public static Demanded? Read(Cursor cursor)
    {
        Demanded? demanded = null;
        while (true)
        {
            if (Clause(cursor, "ALGORITHM") is { } algorithm)
            {
                demanded = (demanded ?? new(null, null)) with { Algorithm = algorithm };
            }
            else if (Clause(cursor, "LOCK") is { } taken)
            {
                demanded = (demanded ?? new(null, null)) with { Lock = taken };
            }
            else if (cursor.Take("WAIT"))
            {
                cursor.Next();
            }
            else if (!cursor.Take("NOWAIT"))
            {
                return demanded;
            }
        }
    }

    private static string? Clause(Cursor cursor, string word)
    {
        if (!cursor.Take(word))
        {
            return null;
        }
        cursor.Take("=");
        return cursor.Name().ToUpperInvariant();
    }
}
