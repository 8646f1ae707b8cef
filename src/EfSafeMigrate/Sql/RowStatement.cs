using System.Collections.Frozen;
using System.Text.RegularExpressions;
using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Sql;

/// <summary><c>INSERT</c>, <c>UPDATE</c>, <c>DELETE</c>, <c>MERGE</c>, <c>TRUNCATE</c> and <c>COPY</c>.</summary>
internal static partial class RowStatement
{
    private static readonly FrozenSet<string> AssignmentEnds = Names.Set(", FROM WHERE RETURNING ORDER LIMIT");
    private static readonly FrozenSet<string> SourceEnds = Names.Set("WHERE RETURNING ORDER LIMIT");
    private static readonly FrozenSet<string> FilterEnds = Names.Set("RETURNING ORDER LIMIT");
    private static readonly FrozenSet<string> BatchFilterEnds = Names.Set("OPTION");
    private static readonly FrozenSet<string> BatchMergeEnds = Names.Set(", WHEN OUTPUT OPTION");
    private static readonly FrozenSet<string> Equal = Names.Set("=");
    private static readonly FrozenSet<string> MergeOn = Names.Set("ON");
    private static readonly FrozenSet<string> MergeThen = Names.Set("THEN");
    private static readonly FrozenSet<string> MergeAssignmentEnds = Names.Set(", WHEN RETURNING");
    private static readonly FrozenSet<string> MergeActionEnds = Names.Set("WHEN RETURNING");
    private static readonly FrozenSet<string> MergeEnds = Names.Set("WHEN");
    private static readonly FrozenSet<string> AliasEnds = Names.Set("SET WHERE USING RETURNING VALUES VALUE SELECT DEFAULT ON WITH OVERRIDING");

    public static IReadOnlyList<Change> Update(Cursor cursor)
    {
        SkipConflict(cursor);
        cursor.Take("ONLY");
        var table = cursor.Table();
        cursor.Take("*");
        SkipAlias(cursor);
        cursor.Need("SET");
        var mark = cursor.Mark();
        var columns = Assignments(cursor, table);
        var values = cursor.Since(mark);
        if (cursor.Take("FROM"))
        {
            cursor.Until(SourceEnds);
        }
        return [new UpdateRows(table, columns, Filter(cursor)) { Values = values }];
    }

    public static IReadOnlyList<Change> Delete(Cursor cursor)
    {
        SkipConflict(cursor);
        cursor.Need("FROM");
        cursor.Take("ONLY");
        var table = cursor.Table();
        cursor.Take("*");
        SkipAlias(cursor);
        if (cursor.Take("USING"))
        {
            cursor.Until(SourceEnds);
        }
        return [new DeleteRows(table, Filter(cursor))];
    }

    public static IReadOnlyList<Change> Insert(Cursor cursor)
    {
        SkipConflict(cursor);
        if (!cursor.Dialect.WholeColumns || cursor.At("INTO"))
        {
            cursor.Need("INTO");
        }
        var table = cursor.Table();
        SkipAlias(cursor);
        if (cursor.Dialect.WholeColumns && cursor.Take("SET"))
        {
            cursor.SkipRest();
            return [new InsertRows(table, [])];
        }
        ColumnDefinition.SkipOptions(cursor);
        _ = cursor.TakeAny("OVERRIDING SYSTEM VALUE", "OVERRIDING USER VALUE");
        if (!cursor.At("SELECT") && !cursor.At("VALUES") && !(cursor.Dialect.WholeColumns && cursor.At("VALUE")) && !cursor.At("DEFAULT VALUES") && !cursor.At("WITH") && !cursor.At("("))
        {
            cursor.FailHere();
        }
        var from = cursor.At("VALUES") || cursor.At("VALUE") ? [] : TableReferences.In(cursor.Fork());
        var query = cursor.Rest();
        return [new InsertRows(table, from) { Bounded = from.Count > 0 && Bounded().IsMatch(query), Values = query }];
    }

    public static IReadOnlyList<Change> Merge(Cursor cursor)
    {
        if (!cursor.Dialect.Batches || cursor.At("INTO"))
        {
            cursor.Need("INTO");
        }
        cursor.Take("ONLY");
        var table = cursor.Table();
        cursor.Take("*");
        TSqlRows.SkipHints(cursor);
        SkipAlias(cursor);
        cursor.Need("USING");
        var from = cursor.AtName() ? [cursor.Fork().Table()] : TableReferences.In(cursor.Fork());
        cursor.Until(MergeOn);
        cursor.Need("ON");
        var on = cursor.Until(MergeEnds);
        var changes = new List<Change>();
        while (cursor.Take("WHEN"))
        {
            cursor.Until(MergeThen);
            cursor.Need("THEN");
            var change = MergeAction(cursor, table, from, on);
            changes.AddRange(change is null ? [] : [change]);
        }
        if (cursor.Dialect.Batches)
        {
            cursor.SkipRest();
        }
        return changes;
    }

    public static IReadOnlyList<Change> Truncate(Cursor cursor)
    {
        cursor.Take("TABLE");
        var tables = cursor.Tables();
        _ = cursor.TakeAny("RESTART IDENTITY", "CONTINUE IDENTITY");
        var cascade = cursor.TakeAny("CASCADE", "RESTRICT") == "CASCADE";
        return [.. tables.Select(table => new Truncate(table, cascade))];
    }

    public static IReadOnlyList<Change> Copy(Cursor cursor)
    {
        if (cursor.At("("))
        {
            cursor.SkipRest();
            return [new OtherStatement("COPY", null)];
        }
        var table = cursor.Table();
        ColumnDefinition.SkipOptions(cursor);
        var into = cursor.TakeAny("FROM", "TO") == "FROM";
        if (cursor.At("STDIN"))
        {
            cursor.Fail("the rows of `COPY … FROM stdin` stand outside the statement");
        }
        cursor.SkipRest();
        return into ? [new InsertRows(table, [])] : [new OtherStatement("COPY", table)];
    }

    private static Change? MergeAction(Cursor cursor, TableName table, IReadOnlyList<TableName> from, string on)
    {
        if (cursor.Take("DO NOTHING"))
        {
            return null;
        }
        if (cursor.Take("DELETE"))
        {
            return new DeleteRows(table, on);
        }
        if (cursor.Take("UPDATE SET"))
        {
            return new UpdateRows(table, Assignments(cursor, table, cursor.Dialect.Batches ? BatchMergeEnds : MergeAssignmentEnds), on);
        }
        cursor.Need("INSERT");
        cursor.Until(cursor.Dialect.Batches ? BatchMergeEnds : MergeActionEnds);
        return new InsertRows(table, from);
    }

    private static List<string> Assignments(Cursor cursor, TableName table, FrozenSet<string>? ends = null)
    {
        var columns = new List<string>();
        do
        {
            if (cursor.At("("))
            {
                columns.AddRange(cursor.Columns(table));
            }
            else
            {
                if ((cursor.Dialect.WholeColumns || cursor.Dialect.Batches) && cursor.Ahead(1).Is("."))
                {
                    cursor.Next();
                    cursor.Next();
                }
                columns.Add(cursor.Column(table));
                // An element of an array, or a field of a composite.
                if (cursor.At("[") || cursor.At("."))
                {
                    cursor.Until(Equal);
                }
            }
            cursor.Need("=");
            cursor.Until(ends ?? AssignmentEnds);
        }
        while (cursor.Take(","));
        return columns;
    }

    public static string? Filter(Cursor cursor)
    {
        string? filter = null;
        if (cursor.Take("WHERE"))
        {
            var mark = cursor.Mark();
            var text = cursor.Until(cursor.Dialect.Batches ? BatchFilterEnds : FilterEnds);
            filter = IsAlwaysTrue(cursor.Read(mark)) ? null : text;
        }
        cursor.SkipRest();
        return filter;
    }

    private static bool IsAlwaysTrue(Cursor filter)
    {
        while (filter.At("("))
        {
            var inside = filter.Group();
            if (!filter.AtEnd)
            {
                return false;
            }
            filter = inside;
        }
        if (filter.Take("NOT"))
        {
            return filter.Take("FALSE") && filter.AtEnd;
        }
        var left = filter.Next();
        var constant = left.Kind is TokenKind.Number or TokenKind.Text;
        if (filter.AtEnd)
        {
            return left.Is("TRUE") || (left.Kind == TokenKind.Number && left.Raw.Any(c => c is >= '1' and <= '9'));
        }
        var equal = filter.Take("=") || filter.Take("==");
        return equal && (constant || left.Is("TRUE")) && filter.Next() is var right && filter.AtEnd && left.Kind == right.Kind && left.Raw == right.Raw;
    }

    private static void SkipConflict(Cursor cursor)
    {
        if (cursor.Take("OR"))
        {
            cursor.Name();
        }
        while (cursor.Dialect.WholeColumns && cursor.TakeAny("LOW_PRIORITY", "HIGH_PRIORITY", "DELAYED", "QUICK", "IGNORE") is not null)
        {
        }
    }

    public static void SkipAlias(Cursor cursor)
    {
        if (cursor.Take("AS") || (cursor.AtName() && !cursor.AtAny(AliasEnds)))
        {
            cursor.Name();
        }
    }

    // A limit, a value or a range given for a column, or rows that the target lacks.
    [GeneratedRegex(@"\bLIMIT\s+\d|\bFETCH\s+FIRST\b|\bTOP\s*\(|\bWHERE\b.*(?:=\s*(?:\d|')|\bIN\s*\(\s*(?:\d|')|\bBETWEEN\b)|\bNOT\s+EXISTS\b", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Bounded();
}
