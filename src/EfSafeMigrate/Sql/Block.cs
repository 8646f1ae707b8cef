using System.Collections.Frozen;
using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Sql;

/// <summary>
/// The statements of a procedural block, in the order of the text. Every branch and every loop body counts as run once:
/// which of them runs is decided on the server. What cannot be read stays opaque by itself.
/// </summary>
internal static class Block
{
    private const string AtRunTime = "`EXECUTE` runs SQL that is put together at run time";

    private static readonly FrozenSet<string> Then = Names.Set("THEN ;");
    private static readonly FrozenSet<string> Loop = Names.Set("LOOP ;");
    private static readonly FrozenSet<string> Do = Names.Set("DO ;");
    private static readonly FrozenSet<string> Begin = Names.Set("BEGIN");
    private static readonly FrozenSet<string> Declared = Names.Set("BEGIN ;");
    private static readonly FrozenSet<string> End = Names.Set(";");
    private static readonly FrozenSet<string> Silent = Names.Set("RAISE NULL RETURN EXIT CONTINUE ASSERT GET CLOSE OPEN SIGNAL RESIGNAL LEAVE ITERATE");

    public static IReadOnlyList<Change> Read(Cursor cursor)
    {
        var changes = new List<Change>();
        while (!cursor.AtEnd)
        {
            var (mark, offset) = (cursor.Mark(), cursor.Start + cursor.Current.Offset);
            var piece = Piece(cursor);
            var waivers = piece.Count == 0 ? [] : cursor.Waivers(mark);
            foreach (var change in piece)
            {
                changes.Add(change with
                {
                    Origin = change.Origin.Offset is null && offset is not null ? change.Origin with { Offset = offset } : change.Origin,
                    Waivers = waivers.Count == 0 ? change.Waivers : [.. change.Waivers, .. waivers],
                });
                cursor.Model = cursor.Model.After(change);
            }
        }
        return StatementReader.WithRest(changes, cursor.AllWaivers());
    }

    private static IReadOnlyList<Change> Piece(Cursor cursor)
    {
        if (cursor.TakeAny(";", "BEGIN", "ELSE", "EXCEPTION", "LOOP") is not null)
        {
            return [];
        }
        if (cursor.Take("#"))
        {
            // An option of the compiler: two words and no semicolon.
            cursor.Next();
            cursor.Next();
            return [];
        }
        if (cursor.Take("DECLARE"))
        {
            return cursor.At("BEGIN") ? [] : Condition(cursor, cursor.Dialect.WholeColumns ? Declared : Begin, skipStop: false);
        }
        if (cursor.TakeAny("IF", "ELSIF", "ELSEIF", "CASE", "WHEN") is not null)
        {
            return Condition(cursor, Then);
        }
        if (cursor.TakeAny("WHILE", "FOREACH", "FOR") is not null)
        {
            return Condition(cursor, cursor.Dialect.WholeColumns ? Do : Loop);
        }
        if (cursor.Take("END") || cursor.Take("<<"))
        {
            return Skip(cursor);
        }
        return Statement(cursor);
    }

    private static IReadOnlyList<Change> Skip(Cursor cursor)
    {
        while (!cursor.AtEnd && !cursor.At(";") && !cursor.Take(">>"))
        {
            cursor.Next();
        }
        return [];
    }

    /// <summary>A condition, loop header or declaration: it changes nothing unless it calls something unknown.</summary>
    private static IReadOnlyList<Change> Condition(Cursor cursor, FrozenSet<string> stops, bool skipStop = true)
    {
        if (cursor.AtEnd)
        {
            return [];
        }
        var mark = cursor.Mark();
        var text = cursor.Until(stops);
        var read = cursor.Detached(mark);
        if (skipStop && !cursor.AtEnd)
        {
            cursor.Next();
        }
        var source = read.Fork();
        if (Contains(read.Fork(), "EXECUTE"))
        {
            source.Next();
            return source.Take("IN EXECUTE") ? Execute(source, text) : [new OpaqueSql(text, AtRunTime)];
        }
        if (source.Next().Kind == TokenKind.Word && source.Take("IN") && source.AtAny(QueryStatement.Writes))
        {
            return StatementFamilies.Read(source) is { Count: > 0 } changes ? changes : [new OpaqueSql(text, read.Failure!)];
        }
        Functions.Check(read);
        return read.Ok ? [] : [new OpaqueSql(text, read.Failure!)];
    }

    private static bool Contains(Cursor cursor, string word)
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

    private static IReadOnlyList<Change> Statement(Cursor cursor)
    {
        var mark = cursor.Mark();
        var text = cursor.Until(End);
        var statement = cursor.Detached(mark);
        if (JoinedStatements.In(statement.Fork()) is { } second)
        {
            return [JoinedStatements.Opaque(text, second)];
        }
        if (statement.TakeAny("EXECUTE IMMEDIATE", "EXECUTE", "RETURN QUERY EXECUTE") is not null)
        {
            return statement.Dialect.WholeColumns ? [new OpaqueSql(text, AtRunTime)] : Execute(statement, text);
        }
        if (statement.AtAny(Silent) && !statement.Take("RETURN QUERY"))
        {
            return Quiet(statement, text);
        }
        if (IsAssignment(statement))
        {
            Functions.Check(statement);
            return statement.Ok ? [] : [new OpaqueSql(text, statement.Failure!)];
        }
        var changes = statement.Take("PERFORM") ? QueryStatement.Read(statement) : StatementFamilies.Read(statement);
        return statement.Ok ? changes : [new OpaqueSql(text, statement.Failure!)];
    }

    /// <param name="statement">Behind <c>EXECUTE</c>.</param>
    private static IReadOnlyList<Change> Execute(Cursor statement, string text)
    {
        var rights = RightsText.Read(statement);
        if (ConstantText.Read(statement) is not ({ } sql, var inside) || !(statement.AtEnd || statement.At("INTO") || statement.At("USING")))
        {
            return rights ?? [new OpaqueSql(text, AtRunTime)];
        }
        statement.Enter();
        if (!statement.Ok)
        {
            return [new OpaqueSql(text, statement.Failure!)];
        }
        var changes = Read(statement.Body(sql, inside));
        return statement.Ok ? changes : [new OpaqueSql(text, statement.Failure!)];
    }

    /// <summary>Control of the block itself: it changes nothing unless it calls something unknown.</summary>
    private static IReadOnlyList<Change> Quiet(Cursor statement, string text)
    {
        if (Contains(statement.Fork(), "EXECUTE"))
        {
            return [new OpaqueSql(text, AtRunTime)];
        }
        if (statement.TakeAny("RETURN", "ASSERT", "OPEN") is not null)
        {
            Functions.Check(statement);
        }
        return statement.Ok ? [] : [new OpaqueSql(text, statement.Failure!)];
    }

    private static bool IsAssignment(Cursor statement)
    {
        var sign = statement.Ahead(1).Is(".") ? statement.Ahead(3) : statement.Ahead(1);
        return sign.Is(":=") || sign.Is("=") || sign.Is("[");
    }
}
