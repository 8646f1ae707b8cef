using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Sql;

/// <summary>What a text assigns to variables, followed as far as literals go.</summary>
internal static class TSqlVariables
{
    /// <summary>Begins the stand-in for the name of a default constraint, which only the server knows; the column follows.</summary>
    public const char DefaultOf = '\uE000';

    private const int LongestText = 1 << 20;

    /// <param name="cursor">Behind <c>DECLARE</c>.</param>
    public static IReadOnlyList<Change> Declare(Cursor cursor)
    {
        if (!cursor.Current.Raw.StartsWith('@'))
        {
            // A cursor over a query.
            cursor.SkipRest();
            return [new OtherStatement("DECLARE", null)];
        }
        foreach (var part in cursor.Parts())
        {
            var name = part.Name();
            while (!part.AtEnd && !part.At("="))
            {
                part.Next();
            }
            part.Variables[name] = part.Take("=") ? Value(part) : null;
            part.SkipRest();
        }
        return [new OtherStatement("DECLARE", null)];
    }

    /// <param name="cursor">At the variable behind <c>SET</c>.</param>
    public static IReadOnlyList<Change> Assign(Cursor cursor)
    {
        var name = cursor.Name();
        One(cursor, name);
        cursor.SkipRest();
        return [new OtherStatement("SET", null)];
    }

    /// <param name="cursor">Behind <c>SELECT</c>.</param>
    public static bool AssignedBySelect(Cursor cursor)
    {
        if (!cursor.Current.Raw.StartsWith('@') || cursor.Ahead(1) is not { Raw: "=" or "+=" })
        {
            return false;
        }
        if (!cursor.Fork().Contains("FROM"))
        {
            foreach (var part in cursor.Parts())
            {
                One(part, part.AtName() ? part.Name() : "");
                part.SkipRest();
            }
            return true;
        }
        var variable = cursor.Name();
        var names = ConstraintName(cursor.Fork());
        while (!cursor.AtEnd)
        {
            if (cursor.Next() is { Kind: TokenKind.Word, Raw: ['@', ..] other } && (cursor.At("=") || cursor.At("+=")))
            {
                cursor.Variables[other] = null;
            }
        }
        cursor.Variables[variable] = names;
        return true;
    }

    /// <summary>What an expression of literals and known variables comes to; null when more is in it.</summary>
    public static string? Value(Cursor cursor)
    {
        cursor.Enter();
        var value = Term(cursor);
        while (value is { Length: < LongestText } && cursor.Take("+"))
        {
            value = Term(cursor) is { } more ? value + more : null;
        }
        return cursor.AtEnd ? value : null;
    }

    private static void One(Cursor cursor, string name)
    {
        if (cursor.Take("+="))
        {
            cursor.Variables[name] = cursor.Variables[name] is { Length: < LongestText } before && Value(cursor.Fork()) is { } more ? before + more : null;
        }
        else
        {
            cursor.Variables[name] = cursor.Take("=") ? Value(cursor.Fork()) : null;
        }
    }

    private static string? Term(Cursor cursor)
    {
        if (cursor.At("("))
        {
            return Value(cursor.Group());
        }
        if (cursor.Current.Kind is TokenKind.Text or TokenKind.Number)
        {
            return cursor.Next().Unquoted();
        }
        if (cursor.Current is { Kind: TokenKind.Word, Raw: ['@', ..] })
        {
            return cursor.Variables[cursor.Next().Raw];
        }
        if (cursor.Current.Kind != TokenKind.Word || !cursor.Ahead(1).Is("("))
        {
            return null;
        }
        var function = cursor.Next().Raw.ToUpperInvariant();
        var arguments = cursor.Group().Parts();
        return function switch
        {
            "QUOTENAME" => Value(arguments[0]) is { } name ? $"[{name.Replace("]", "]]", StringComparison.Ordinal)}]" : null,
            "SCHEMA_NAME" when arguments[0].AtEnd => TSqlNames.DefaultSchema,
            "CHAR" or "NCHAR" => "\n",
            "CONCAT" => arguments.Select(Value).Aggregate((string?)"", (all, each) => all is null || each is null ? null : all + each),
            "CAST" => Cast(arguments[0]),
            "CONVERT" when arguments.Count > 1 => Value(arguments[1]),
            _ => null,
        };
    }

    private static string? Cast(Cursor cursor)
    {
        var value = Term(cursor);
        return cursor.At("AS") ? value : null;
    }

    /// <summary>A stand-in for the default constraint that a query finds in the catalogue; null for any other query.</summary>
    private static string? ConstraintName(Cursor query)
    {
        var quoted = query.Fork() is var ahead && ahead.Take("=") && ahead.At("QUOTENAME");
        var (found, column) = (false, "");
        while (!query.AtEnd)
        {
            var token = query.Next();
            found |= token.Kind is TokenKind.Word or TokenKind.QuotedName && token.Unquoted().Equals("default_constraints", StringComparison.OrdinalIgnoreCase);
            if (token.Kind == TokenKind.Text && !(query.Ahead(-2).Is("(") && query.Ahead(-3).Is("OBJECT_ID")))
            {
                column = token.Unquoted();
            }
        }
        return !found ? null : quoted ? $"[{DefaultOf}{column}]" : $"{DefaultOf}{column}";
    }

    private static bool Contains(this Cursor cursor, string word)
    {
        while (!cursor.AtEnd)
        {
            if (cursor.Next().Is(word))
            {
                return true;
            }
        }
        return false;
    }
}
