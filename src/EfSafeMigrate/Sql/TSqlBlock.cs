using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Sql;

/// <summary>
/// <c>IF</c>, <c>WHILE</c> and <c>BEGIN … END</c>. Every branch and every loop body counts as run once: which of them runs is decided on the server.
/// What cannot be read stays opaque by itself.
/// </summary>
internal static class TSqlBlock
{
    public static bool Begins(Cursor cursor) =>
        cursor.At("BEGIN") && cursor.Ahead(1).Kind is not TokenKind.End && cursor.Ahead(1) is var next && !next.Is(";")
        && !next.Is("TRAN") && !next.Is("TRANSACTION") && !next.Is("DISTRIBUTED") && !next.Is("DIALOG") && !next.Is("CONVERSATION");

    /// <summary>Statements up to the end of the text, or of the block.</summary>
    public static IReadOnlyList<Change> Statements(Cursor cursor)
    {
        var changes = new List<Change>();
        while (!cursor.AtEnd && !cursor.At("END"))
        {
            if (!cursor.Take(";"))
            {
                changes.AddRange(Statement(cursor));
            }
        }
        return changes;
    }

    public static IReadOnlyList<Change> Read(Cursor cursor)
    {
        if (cursor.Take("IF"))
        {
            return If(cursor);
        }
        if (cursor.Take("WHILE"))
        {
            cursor.PassCondition();
            Loop(cursor.Fork());
            return Doubtful(cursor);
        }
        var changes = new List<Change>();
        do
        {
            _ = cursor.TakeAny("BEGIN TRY", "BEGIN CATCH", "BEGIN");
            changes.AddRange(Statements(cursor));
            cursor.Need("END");
            _ = cursor.TakeAny("TRY", "CATCH");
        }
        while (cursor.At("BEGIN CATCH"));
        cursor.Take(";");
        return changes;
    }

    private static List<Change> If(Cursor cursor)
    {
        cursor.PassCondition();
        var changes = new List<Change>(Doubtful(cursor));
        if (cursor.At("; ELSE"))
        {
            cursor.Next();
        }
        if (cursor.Take("ELSE"))
        {
            changes.AddRange(Doubtful(cursor));
        }
        return changes;
    }

    private static IReadOnlyList<Change> Doubtful(Cursor cursor)
    {
        if (cursor.AtEnd)
        {
            cursor.FailHere();
            return [];
        }
        var before = cursor.Variables.Now;
        var changes = Statement(cursor);
        cursor.Variables.Doubt(before);
        return changes;
    }

    private static IReadOnlyList<Change> Statement(Cursor cursor)
    {
        var piece = cursor.Piece();
        var text = piece.Fork().Rest();
        var changes = StatementFamilies.Read(piece);
        IReadOnlyList<Change> read = piece.Ok ? changes : [new OpaqueSql(text, piece.Failure!)];
        cursor.Model = read.Aggregate(cursor.Model, (model, change) => model.After(change));
        return read;
    }

    /// <summary>What a loop assigns has another value each time.</summary>
    private static void Loop(Cursor body)
    {
        while (!body.AtEnd)
        {
            if (body.Next() is { Kind: TokenKind.Word, Raw: ['@', ..] name } && (body.At("=") || body.At("+=")) && body.Ahead(-2) is var verb && (verb.Is("SET") || verb.Is("SELECT") || verb.Is(",")))
            {
                body.Variables[name] = null;
            }
        }
    }
}
