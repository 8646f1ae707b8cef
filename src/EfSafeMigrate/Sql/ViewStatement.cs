using System.Collections.Frozen;
using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Sql;

internal static class ViewStatement
{
    private static readonly FrozenSet<string> Query = Names.Set("AS");

    /// <param name="cursor">Behind <c>VIEW</c>.</param>
    /// <param name="kind">A view of the kind that is written, still without name and query.</param>
    public static IReadOnlyList<Change> Create(Cursor cursor, CreateView kind)
    {
        cursor.Take("IF NOT EXISTS");
        var name = cursor.Qualified();
        if (!cursor.At("AS"))
        {
            cursor.Until(Query);
        }
        cursor.Need("AS");
        if (!cursor.At("SELECT") && !cursor.At("WITH") && !cursor.At("VALUES") && !cursor.At("(") && !cursor.At("TABLE"))
        {
            cursor.FailHere();
        }
        if (kind.Materialized)
        {
            Functions.Check(cursor.Fork());
        }
        // Built anew: `with` would leave the base record's table behind.
        return [new CreateView(name, cursor.Rest()) { Materialized = kind.Materialized, OrReplace = kind.OrReplace }];
    }

    /// <param name="cursor">Behind the kind.</param>
    /// <param name="kind"><c>VIEW</c> or <c>MATERIALIZED VIEW</c>.</param>
    public static IReadOnlyList<Change> Alter(Cursor cursor, string kind)
    {
        cursor.Take("IF EXISTS");
        var view = cursor.Table();
        if (cursor.Take("RENAME TO"))
        {
            return [new RenameTable(view, new(view.Schema, cursor.Name()))];
        }
        if (cursor.Take("SET SCHEMA"))
        {
            return [new RenameTable(view, new(cursor.Name(), view.Name))];
        }
        if (cursor.AtEnd)
        {
            cursor.FailHere();
        }
        cursor.SkipRest();
        return [new OtherStatement($"ALTER {kind}", view)];
    }
}
