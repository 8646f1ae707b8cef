using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Sql;

/// <summary>Elements and options of <c>CREATE TABLE</c>.</summary>
internal static class TSqlTable
{
    /// <summary>The definition with one more element.</summary>
    public static Table Element(Cursor part, Table definition)
    {
        part.Model = part.Model with { Tables = [.. part.Model.Tables, definition] };
        if (part.Take("PERIOD FOR SYSTEM_TIME"))
        {
            part.Group();
            return definition;
        }
        if (part.At("INDEX"))
        {
            part.Next();
            return definition.After(TSqlIndex.Element(part, definition.Name, column: null));
        }
        if (!TSqlConstraint.StandsHere(part))
        {
            return definition.After(TSqlColumn.Read(part, definition.Name));
        }
        return TSqlConstraint.Read(part, definition.Name) is { } constraint ? definition.After(constraint) : definition;
    }

    public static void SkipOptions(Cursor cursor)
    {
        _ = cursor.TakeAny("AS NODE", "AS EDGE");
        TSqlOptions.Read(cursor);
    }
}
