using System.Text;

namespace EfSafeMigrate.Sql;

/// <summary>Text made of literals alone: what it will be is known before it runs.</summary>
internal static class ConstantText
{
    /// <returns>The text, with its place where it stands as it is; null when it is put together at run time.</returns>
    public static (string Text, int? Inside)? Read(Cursor cursor)
    {
        var inside = cursor.Current.Inside;
        if (Term(cursor) is not { } first)
        {
            return null;
        }
        var text = new StringBuilder(first);
        while (cursor.Take("||"))
        {
            if (Term(cursor) is not { } more)
            {
                return null;
            }
            text.Append(more);
            inside = null;
        }
        return (text.ToString(), inside);
    }

    private static string? Term(Cursor cursor)
    {
        var text = cursor.Current.Kind == TokenKind.Text && !HasEscapes(cursor.Current.Raw) ? cursor.Text()
            : cursor.At("(") ? Whole(cursor.Group())
            : cursor.Take("format") ? Format(cursor)
            : cursor.Take("quote_ident") ? Name(Whole(cursor.Group()))
            : cursor.Take("quote_literal") ? Literal(Whole(cursor.Group()))
            : null;
        while (cursor.Take("::"))
        {
            cursor.Name();
        }
        return cursor.Ok ? text : null;
    }

    private static string? Whole(Cursor group) => Read(group) is ({ } text, _) && group.AtEnd ? text : null;

    private static string? Format(Cursor cursor)
    {
        var parts = cursor.Group().Parts();
        var arguments = parts.Select(Whole).ToArray();
        if (arguments.Contains(null))
        {
            return null;
        }
        var (format, text, next) = (arguments[0]!, new StringBuilder(), 1);
        for (var at = 0; at < format.Length; at++)
        {
            if (format[at] != '%')
            {
                text.Append(format[at]);
                continue;
            }
            var kind = at + 1 < format.Length ? format[++at] : '\0';
            // Positions and widths such as %1$I are left to the server.
            if (kind != '%' && (kind is not ('s' or 'I' or 'L') || next >= arguments.Length))
            {
                return null;
            }
            text.Append(kind switch { '%' => "%", 's' => arguments[next++], 'I' => Name(arguments[next++]), _ => Literal(arguments[next++]) });
        }
        return text.ToString();
    }

    private static string? Name(string? name) =>
        name is null ? null
        : name.Length > 0 && !char.IsDigit(name[0]) && name.All(letter => letter is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_') ? name
        : $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string? Literal(string? text) => text is null ? null : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private static bool HasEscapes(string raw) => raw[0] is not ('\'' or '$') && (raw[0] is not ('E' or 'e') || raw.Contains('\\', StringComparison.Ordinal));
}
