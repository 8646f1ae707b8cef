using System.Collections.Frozen;

namespace EfSafeMigrate.Sql;

/// <summary>Column types as text with one spacing: <c>numeric(10,2)</c>, <c>timestamp with time zone</c>.</summary>
internal static class Types
{
    private static readonly FrozenSet<string> IntervalFields = Names.Set("YEAR MONTH DAY HOUR MINUTE SECOND");

    public static string Type(this Cursor cursor) => cursor.Dialect.FreeTypes ? cursor.FreeType() : cursor.StrictType();

    private static string StrictType(this Cursor cursor)
    {
        var quoted = cursor.Current.Kind == TokenKind.QuotedName;
        var name = quoted ? Quote(cursor.Name()) : cursor.Name();
        while (cursor.Take("."))
        {
            name += "." + (cursor.Current.Kind == TokenKind.QuotedName ? Quote(cursor.Name()) : cursor.Name());
        }
        if (name == "national")
        {
            name = cursor.Name();
        }
        if (name == "double" && cursor.Take("PRECISION"))
        {
            name = "double precision";
        }
        else if (name is "character" or "char" or "bit" && cursor.Take("VARYING"))
        {
            name += " varying";
        }
        else if (name == "interval")
        {
            name += cursor.Interval();
        }
        name += cursor.Arguments();
        if (cursor.TakeAny("WITH TIME ZONE", "WITHOUT TIME ZONE") is { } zone)
        {
            name += " " + zone.ToLowerInvariant();
        }
        return name + cursor.Arrays();
    }

    private static string Interval(this Cursor cursor)
    {
        var fields = "";
        while (cursor.AtAny(IntervalFields) || (fields.Length > 0 && cursor.At("TO")))
        {
            fields += " " + cursor.Name();
        }
        return fields;
    }

    private static string FreeType(this Cursor cursor)
    {
        var words = new List<string>();
        while (cursor.Current.Kind is TokenKind.Word or TokenKind.QuotedName && !cursor.AtAny(ColumnDefinition.Starts))
        {
            words.Add(cursor.Next() is { Kind: TokenKind.Word } word ? word.Raw : cursor.Ahead(-1).Unquoted());
        }
        return words.Count == 0 ? "" : string.Join(' ', words) + cursor.Arguments();
    }

    public static string Arguments(this Cursor cursor)
    {
        if (!cursor.At("("))
        {
            return "";
        }
        var arguments = cursor.Group().Parts().Select(part => part.Rest()).ToArray();
        return $"({string.Join(',', arguments)})";
    }

    private static string Arrays(this Cursor cursor)
    {
        var arrays = cursor.Take("ARRAY") && !cursor.At("[") ? "[]" : "";
        while (cursor.Take("["))
        {
            arrays += cursor.Current.Kind == TokenKind.Number ? $"[{cursor.Next().Raw}]" : "[]";
            cursor.Need("]");
        }
        return arrays;
    }

    // "char" is another type than char.
    private static string Quote(string name) =>
        name != "char" && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_') ? name : $"\"{name}\"";
}
