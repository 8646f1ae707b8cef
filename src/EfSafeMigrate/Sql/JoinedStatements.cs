using System.Collections.Frozen;
using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Sql;

/// <summary>Two statements that a missing semicolon makes one: an expression would swallow the second.</summary>
internal static class JoinedStatements
{
    /// <summary>Statements that hold no statement of their own outside parentheses.</summary>
    private static readonly FrozenSet<string> Plain = Names.Set("UPDATE DELETE INSERT REPLACE ALTER DROP TRUNCATE SELECT COMMENT ANALYZE VACUUM REINDEX");

    private static readonly string[] Second =
    [
        "INSERT INTO", "DELETE FROM", "ALTER TABLE", "ALTER TYPE", "CREATE TABLE", "CREATE INDEX", "CREATE UNIQUE INDEX", "CREATE VIEW", "CREATE TYPE",
        "DROP TABLE", "DROP VIEW", "START TRANSACTION", "BEGIN TRANSACTION", "END IF",
    ];

    /// <returns>How the second statement begins; null when there is one alone.</returns>
    public static string? In(Cursor cursor)
    {
        if (!cursor.Dialect.NeedsTerminators || !cursor.AtAny(Plain) || cursor.At("ALTER EVENT"))
        {
            return null;
        }
        var depth = 0;
        cursor.Next();
        while (!cursor.AtEnd)
        {
            if (depth == 0 && cursor.Current.Kind == TokenKind.Word && Array.Find(Second, cursor.At) is { } found)
            {
                return found;
            }
            depth += cursor.Current.Is("(") ? 1 : cursor.Current.Is(")") ? -1 : 0;
            cursor.Next();
        }
        return null;
    }

    public static OpaqueSql Opaque(string text, string second) => new(text, $"no semicolon stands before `{second}`") { Joined = true };
}
