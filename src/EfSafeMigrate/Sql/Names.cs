using System.Collections.Frozen;
using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Sql;

/// <summary>Names as the dialect understands them, in the model's spelling when the model knows them.</summary>
internal static class Names
{
    private static readonly FrozenSet<string> Nothing = FrozenSet<string>.Empty;

    public static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static bool AtName(this Cursor cursor) => IsName(cursor.Current, cursor.Dialect);

    public static string Name(this Cursor cursor)
    {
        if (!cursor.AtName())
        {
            cursor.FailHere();
            return "";
        }
        var token = cursor.Next();
        return token.Kind != TokenKind.Word ? token.Unquoted()
            : cursor.Dialect.FoldsNames ? token.Raw.ToLowerInvariant()
            : token.Raw;
    }

    /// <summary>A name that may be qualified, as it is written.</summary>
    public static TableName Qualified(this Cursor cursor)
    {
        var names = new List<string> { cursor.Name() };
        while (true)
        {
            if (cursor.Dialect.Batches && cursor.Take(".."))
            {
                names.AddRange([TSqlNames.DefaultSchema, cursor.Name()]);
            }
            else if (cursor.Take("."))
            {
                names.Add(cursor.Name());
            }
            else
            {
                break;
            }
        }
        return new(names.Count > 1 ? names[^2] : null, names[^1]);
    }

    /// <summary>A table that exists, under the name the model has for it.</summary>
    public static TableName Table(this Cursor cursor)
    {
        var name = cursor.Qualified();
        return cursor.TableOf(name)?.Name ?? name;
    }

    public static Table? TableOf(this Cursor cursor, TableName name) =>
        cursor.Model.Find(name)
        ?? (cursor.Dialect.FoldsNames ? null : cursor.Model.Tables.FirstOrDefault(table => Same(table.Name.Name, name.Name)));

    /// <summary>A column of a table, under the name the model has for it.</summary>
    public static string Column(this Cursor cursor, TableName table) => cursor.Spelled(table, cursor.Name());

    public static Column? ColumnOf(this Cursor cursor, TableName table, string name) =>
        cursor.TableOf(table)?.Column(cursor.Spelled(table, name));

    /// <summary>Column names in parentheses; what may follow a name, such as <c>DESC</c>, is skipped.</summary>
    public static IReadOnlyList<string> Columns(this Cursor cursor, TableName table)
    {
        var names = new List<string>();
        foreach (var part in cursor.Group().Parts())
        {
            part.Take("PERIOD");
            names.Add(part.Column(table));
            // The first characters of a long column.
            if (part.Dialect.WholeColumns)
            {
                ColumnDefinition.SkipOptions(part);
            }
            while (part.Current.Kind is TokenKind.Word or TokenKind.QuotedName)
            {
                part.Next();
            }
            part.Done();
        }
        return names;
    }

    /// <summary>Several tables, separated by commas.</summary>
    public static IReadOnlyList<TableName> Tables(this Cursor cursor)
    {
        var names = new List<TableName>();
        do
        {
            cursor.Take("ONLY");
            names.Add(cursor.Table());
            cursor.Take("*");
        }
        while (cursor.Take(","));
        return names;
    }

    /// <summary>The table that has the index, from the model.</summary>
    public static TableName? TableOfIndex(this Cursor cursor, string index) => cursor.Model.IndexOwner(index)?.Name;

    public static string Text(this Cursor cursor)
    {
        if (cursor.Current.Kind == TokenKind.Text)
        {
            return cursor.Next().Unquoted();
        }
        cursor.FailHere();
        return "";
    }

    public static string Inside(this Cursor cursor) => cursor.Group().Rest();

    /// <summary>Takes everything up to the end of the cursor, whatever it is.</summary>
    public static void SkipRest(this Cursor cursor)
    {
        if (!cursor.AtEnd)
        {
            cursor.Until(Nothing);
        }
    }

    private static string Spelled(this Cursor cursor, TableName table, string name) =>
        cursor.Dialect.FoldsNames
            ? name
            : cursor.TableOf(table)?.Columns.FirstOrDefault(column => Same(column.Name, name))?.Name ?? name;

    private static bool IsName(Token token, SqlDialect dialect) =>
        token.Kind is TokenKind.Word or TokenKind.QuotedName || (token.Kind == TokenKind.Text && !dialect.FoldsNames);

    private static bool Same(string left, string right) => left.Equals(right, StringComparison.OrdinalIgnoreCase);
}
