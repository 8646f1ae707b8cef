using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Sql;

/// <summary><c>EXEC</c>: SQL in a string, the server's own procedures, and those the same text creates.</summary>
internal static class TSqlExecute
{
    /// <param name="cursor">Behind <c>EXEC</c>.</param>
    public static IReadOnlyList<Change> Read(Cursor cursor)
    {
        if (cursor.At("("))
        {
            var text = TSqlVariables.Value(cursor.Group());
            if (!cursor.AtEnd)
            {
                cursor.FailHere();
            }
            return Run(cursor, text);
        }
        if (cursor.Take("AS"))
        {
            cursor.SkipRest();
            return [new OtherStatement("EXECUTE AS", null)];
        }
        if (cursor.Current.Raw.StartsWith('@') && cursor.Ahead(1).Is("="))
        {
            cursor.Next();
            cursor.Next();
        }
        var procedure = cursor.Qualified();
        IReadOnlyList<Argument> arguments = cursor.AtEnd ? [] : [.. cursor.Parts().Select(Argument.Read)];
        return procedure.Name.ToLowerInvariant() switch
        {
            "sp_rename" => TSqlRename.Read(cursor, arguments),
            "sp_executesql" => Run(cursor, arguments is [var first, ..] ? first.Value : null),
            var name when TSqlNames.HarmlessProcedures.Contains(name) => [new OtherStatement("EXEC", Subject(cursor, arguments))],
            _ => Called(cursor, procedure.Name),
        };
    }

    /// <summary>The statements of a text that the server is given as a string.</summary>
    private static IReadOnlyList<Change> Run(Cursor cursor, string? text)
    {
        if (text is null)
        {
            cursor.Fail("`EXEC` runs SQL that is put together at run time");
            return [];
        }
        cursor.Enter();
        return cursor.Ok ? TSqlBlock.Statements(cursor.Body(text)) : [];
    }

    private static IReadOnlyList<Change> Called(Cursor cursor, string name)
    {
        var known = cursor.Model.Functions.FirstOrDefault(each => each.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (known?.Sql is { } body)
        {
            return Run(cursor, body);
        }
        cursor.Fail($"what `{name}` runs is decided on the server");
        return [];
    }

    /// <summary>The table that a property is given to.</summary>
    private static TableName? Subject(Cursor cursor, IReadOnlyList<Argument> arguments)
    {
        var at = arguments.ToList().FindIndex(argument => argument.Value?.Equals("TABLE", StringComparison.OrdinalIgnoreCase) == true);
        if (at < 0 || arguments.ElementAtOrDefault(at + 1)?.Value is not { } table)
        {
            return null;
        }
        var name = new TableName(null, table);
        return cursor.TableOf(name)?.Name ?? name;
    }
}

/// <param name="Name">Null for one that is given by its place.</param>
/// <param name="Value">Null when only the server knows it.</param>
internal sealed record Argument(string? Name, string? Value)
{
    public static Argument Read(Cursor part)
    {
        string? name = null;
        if (part.Current.Raw.StartsWith('@') && part.Ahead(1).Is("="))
        {
            name = part.Name();
            part.Next();
        }
        var value = TSqlVariables.Value(part.Fork());
        part.SkipRest();
        return new(name, value);
    }
}
