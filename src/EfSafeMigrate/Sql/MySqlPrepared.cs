using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Sql;

/// <summary>
/// <c>SET @text = …; PREPARE name FROM @text; EXECUTE name</c>. A text of literals is read like any other statement. Where a
/// variable stands in it, it is read when it can only be the name of a character set: Pomelo sets a table's default so.
/// </summary>
internal static class MySqlPrepared
{
    private const string Unknown = "unknown_value";

    /// <param name="cursor">Behind <c>PREPARE</c>.</param>
    public static IReadOnlyList<Change> Prepare(Cursor cursor)
    {
        var name = cursor.Name();
        cursor.Need("FROM");
        var text = Text(cursor);
        if (cursor.Ok && text is null)
        {
            cursor.Fail("what `PREPARE` makes of its text is decided on the server");
        }
        return cursor.Ok ? [new HoldText(Key(name), text)] : [];
    }

    /// <param name="cursor">Behind <c>EXECUTE</c>.</param>
    public static IReadOnlyList<Change> Execute(Cursor cursor)
    {
        var name = cursor.Name();
        if (Held(cursor, Key(name)) is not { } sql || !cursor.AtEnd)
        {
            cursor.Fail("what `EXECUTE` runs is decided on the server");
            return [];
        }
        cursor.Enter();
        var changes = cursor.Ok ? Block.Read(cursor.Body(sql)) : [];
        if (sql.Contains(Unknown, StringComparison.Ordinal) && !changes.All(change => change is SetTableOption { Option: "CHARACTER SET" or "COLLATE", Value: Unknown }))
        {
            cursor.Fail("what `EXECUTE` runs is decided on the server");
            return [];
        }
        return changes;
    }

    /// <summary>A literal, a variable that holds one, or <c>CONCAT</c> of both; null where it cannot be known.</summary>
    private static string? Text(Cursor cursor)
    {
        if (cursor.Current.Kind == TokenKind.Text)
        {
            return cursor.Text();
        }
        var variable = cursor.Next().Raw;
        return variable.StartsWith('@') && Held(cursor, variable.ToLowerInvariant()) is { } held ? Value(cursor, held) : null;
    }

    private static string? Value(Cursor cursor, string sql)
    {
        var value = cursor.Body(sql);
        if (value.Current.Kind == TokenKind.Text)
        {
            return value.Text() is var literal && value.AtEnd ? literal : null;
        }
        if (!value.Take("CONCAT") || !value.At("("))
        {
            return null;
        }
        var parts = value.Group().Parts();
        return value.AtEnd
            ? string.Concat(parts.Select(part => part.Current.Kind == TokenKind.Text ? part.Text() : Unknown))
            : null;
    }

    private static string? Held(Cursor cursor, string name) => cursor.Model.Texts.FirstOrDefault(text => text.Name == name)?.Sql;

    private static string Key(string name) => $"PREPARE {name.ToLowerInvariant()}";
}
