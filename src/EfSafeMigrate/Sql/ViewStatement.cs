using System.Collections.Frozen;
using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Sql;

internal static class ViewStatement
{
    private static readonly FrozenSet<string> Query = Names.Set("AS");

    /// <param name="cursor">Behind <c>VIEW</c>.</param>
    /// <param name="materialized">Written with <c>MATERIALIZED</c>.</param>
    /// <param name="orReplace">Written with <c>OR REPLACE</c>.</param>
    public static IReadOnlyList<Change> Create(Cursor cursor, bool materialized, bool orReplace)
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
        if (materialized)
        {
            Functions.Check(cursor.Fork());
        }
        return [new CreateView(name, cursor.Rest()) { Materialized = materialized, OrReplace = orReplace }];
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
