using System.Collections.Frozen;
using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Sql;

/// <summary><c>INSERT</c>, <c>UPDATE</c> and <c>DELETE</c> of Transact-SQL, which may name an alias or a common table expression.</summary>
internal static class TSqlRows
{
    private static readonly FrozenSet<string> AssignmentEnds = Names.Set(", FROM WHERE OUTPUT OPTION");
    private static readonly FrozenSet<string> OutputEnds = Names.Set("FROM WHERE OPTION");
    private static readonly FrozenSet<string> WhereBegins = Names.Set("WHERE OPTION");
    private static readonly FrozenSet<string> SourceBegins = Names.Set("VALUES DEFAULT SELECT EXEC EXECUTE WITH (");
    private static readonly string[] Signs = ["=", "+=", "-=", "*=", "/=", "%=", "&=", "^=", "|="];

    /// <param name="cursor">Behind <c>WITH</c>.</param>
    public static IReadOnlyList<Change> With(Cursor cursor)
    {
        var named = new Dictionary<string, TableName?>(StringComparer.OrdinalIgnoreCase);
        do
        {
            var name = cursor.Name();
            ColumnDefinition.SkipOptions(cursor);
            cursor.Need("AS");
            named[name] = TableReferences.In(cursor.Group()).Select(table => named.GetValueOrDefault(table.Name, table)).FirstOrDefault();
        }
        while (cursor.Take(","));
        return [.. StatementFamilies.Read(cursor).Select(change => change switch
        {
            UpdateRows update when Named(update.Table) is { } table => update with { Table = table },
            DeleteRows delete when Named(delete.Table) is { } table => delete with { Table = table },
            InsertRows insert => insert with { From = [.. insert.From.Select(table => Named(table) ?? table).Distinct()] },
            _ => change,
        })];

        TableName? Named(TableName table) => table.Schema is null ? named.GetValueOrDefault(table.Name) : null;
    }

    /// <param name="cursor">Behind <c>UPDATE</c>.</param>
    public static IReadOnlyList<Change> Update(Cursor cursor)
    {
        SkipTop(cursor);
        var written = cursor.Table();
        SkipHints(cursor);
        cursor.Need("SET");
        var table = Aliased(cursor.Fork(), written);
        var columns = Assignments(cursor, table);
        SkipOutput(cursor);
        if (cursor.Take("FROM"))
        {
            PassSources(cursor);
        }
        return [new UpdateRows(table, columns, RowStatement.Filter(cursor))];
    }

    /// <param name="cursor">Behind <c>DELETE</c>.</param>
    public static IReadOnlyList<Change> Delete(Cursor cursor)
    {
        SkipTop(cursor);
        cursor.Take("FROM");
        var written = cursor.Table();
        SkipHints(cursor);
        SkipOutput(cursor);
        var table = Aliased(cursor.Fork(), written);
        if (cursor.Take("FROM"))
        {
            PassSources(cursor);
        }
        return [new DeleteRows(table, RowStatement.Filter(cursor))];
    }

    /// <param name="cursor">Behind <c>INSERT</c>.</param>
    public static IReadOnlyList<Change> Insert(Cursor cursor)
    {
        SkipTop(cursor);
        cursor.Take("INTO");
        var table = cursor.Table();
        SkipHints(cursor);
        ColumnDefinition.SkipOptions(cursor);
        if (cursor.Take("OUTPUT"))
        {
            cursor.Until(SourceBegins);
        }
        if (cursor.Take("FROM"))
        {
            // BULK INSERT from a file.
            cursor.SkipRest();
            return [new InsertRows(table, [])];
        }
        if (cursor.TakeAny("EXEC", "EXECUTE") is not null)
        {
            return [new InsertRows(table, []), .. TSqlExecute.Read(cursor)];
        }
        if (!cursor.AtAny(SourceBegins))
        {
            cursor.FailHere();
        }
        var from = cursor.At("VALUES") || cursor.At("DEFAULT") ? [] : TableReferences.In(cursor.Fork());
        cursor.SkipRest();
        return [new InsertRows(table, from)];
    }

    public static void SkipTop(Cursor cursor)
    {
        if (cursor.Take("TOP"))
        {
            if (cursor.At("("))
            {
                cursor.Group();
            }
            else
            {
                cursor.Next();
            }
            cursor.Take("PERCENT");
        }
    }

    /// <summary><c>WITH (TABLOCKX)</c> behind a table.</summary>
    public static void SkipHints(Cursor cursor)
    {
        if (cursor.At("WITH ("))
        {
            cursor.Next();
            cursor.Group();
        }
    }

    private static List<string> Assignments(Cursor cursor, TableName table)
    {
        var columns = new List<string>();
        do
        {
            if (cursor.AtName() && cursor.Ahead(1).Is(".") && !cursor.Ahead(3).Is("("))
            {
                cursor.Next();
                cursor.Next();
            }
            var name = cursor.Column(table);
            if (!name.StartsWith('@'))
            {
                columns.Add(name);
            }
            if (cursor.Take("."))
            {
                // column.WRITE(…), and the methods of types.
                cursor.Name();
                cursor.Group();
                continue;
            }
            if (cursor.TakeAny(Signs) is null)
            {
                cursor.FailHere();
            }
            // @before = column = value.
            if (name.StartsWith('@') && cursor.AtName() && cursor.Ahead(1).Is("="))
            {
                columns.Add(cursor.Column(table));
                cursor.Next();
            }
            cursor.Until(AssignmentEnds);
        }
        while (cursor.Take(","));
        return columns;
    }

    private static void SkipOutput(Cursor cursor)
    {
        if (cursor.Take("OUTPUT"))
        {
            cursor.Until(OutputEnds);
        }
    }

    private static void PassSources(Cursor cursor)
    {
        if (!cursor.AtAny(WhereBegins))
        {
            cursor.Until(WhereBegins);
        }
    }

    /// <summary>The table that the statement's FROM gives the alias to.</summary>
    private static TableName Aliased(Cursor rest, TableName written)
    {
        if (written.Schema is not null || rest.TableOf(written) is not null)
        {
            return written;
        }
        while (!rest.AtEnd)
        {
            var token = rest.Next();
            if ((token.Is("FROM") || token.Is("JOIN") || token.Is(",")) && rest.AtName())
            {
                var table = rest.Fork().Table();
                rest.Qualified();
                rest.Take("AS");
                if (rest.Current.Unquoted().Equals(written.Name, StringComparison.OrdinalIgnoreCase))
                {
                    return table;
                }
            }
        }
        return written;
    }
}
