using System.Collections.Frozen;
using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Sql;

/// <summary>A procedure does nothing until it is called; then its statements are those of a block.</summary>
internal static class MySqlProcedure
{
    private static readonly FrozenSet<string> Begin = Names.Set("BEGIN");

    /// <param name="cursor">Behind the parameters.</param>
    /// <param name="name">The procedure's or function's name.</param>
    public static IReadOnlyList<Change> Create(Cursor cursor, TableName name)
    {
        if (!cursor.At("BEGIN") && !cursor.AtEnd)
        {
            cursor.Until(Begin);
        }
        // A body of one statement needs no BEGIN; what it does is not looked into.
        return [new CreateFunction(name.Name) { Sql = cursor.AtEnd ? null : cursor.Rest() }];
    }

    /// <param name="cursor">Behind <c>CALL</c>.</param>
    public static IReadOnlyList<Change> Call(Cursor cursor)
    {
        var name = cursor.Qualified().Name;
        if (PomeloProcedure.Call(cursor, name) is { } pomelo)
        {
            return pomelo;
        }
        ColumnDefinition.SkipOptions(cursor);
        var known = cursor.Model.Functions.FirstOrDefault(each => each.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (known?.Sql is not { } body)
        {
            cursor.Fail($"what `{name}` runs is decided on the server");
            return [];
        }
        cursor.Enter();
        if (!cursor.Ok)
        {
            return [];
        }
        var called = cursor.Body(body);
        called.Model = called.Model with { Functions = [.. called.Model.Functions.Where(each => each != known)] };
        return Block.Read(called);
    }
}
