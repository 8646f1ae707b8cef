using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Sql;

/// <summary>A function or procedure that the same text has created: what a call of it runs can be read.</summary>
internal static class Routine
{
    /// <param name="cursor">At the name.</param>
    /// <returns>Null when something else stands here, or nobody knows what the call runs.</returns>
    public static IReadOnlyList<Change>? Call(Cursor cursor)
    {
        var ahead = cursor.Fork();
        if (ahead.Current.Kind is not (TokenKind.Word or TokenKind.QuotedName))
        {
            return null;
        }
        var name = ahead.Qualified();
        if (!ahead.At("(") || Known(cursor.Model, name) is not { Body: { } body } known)
        {
            return null;
        }
        Functions.Check(ahead.Group());
        ahead.Done();
        cursor.SkipRest();
        cursor.Enter();
        return cursor.Ok ? Run(cursor.Body(body), known) : [];
    }

    /// <param name="body">The statements; they are one transaction, whatever calls them.</param>
    /// <param name="known">The routine, which is not followed when it calls itself.</param>
    public static IReadOnlyList<Change> Run(Cursor body, Function? known = null)
    {
        if (known is not null)
        {
            body.Model = body.Model with { Functions = [.. body.Model.Functions.Where(other => other != known)] };
        }
        return [.. Block.Read(body).Select(change => change with { Block = 0 })];
    }

    private static Function? Known(DatabaseModel model, TableName name) =>
        model.Functions.FirstOrDefault(known => known.Name == name.ToString())
        ?? model.Functions.FirstOrDefault(known => known.Name[(known.Name.LastIndexOf('.') + 1)..] == name.Name && (name.Schema is null || !known.Name.Contains('.', StringComparison.Ordinal)));
}
