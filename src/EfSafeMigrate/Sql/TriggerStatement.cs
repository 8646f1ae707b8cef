using System.Collections.Frozen;
using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Sql;

internal static class TriggerStatement
{
    private static readonly FrozenSet<string> Target = Names.Set("ON");

    public static IReadOnlyList<Change> Create(Cursor cursor)
    {
        cursor.Take("IF NOT EXISTS");
        var name = cursor.Qualified().Name;
        var mark = cursor.Mark();
        cursor.Until(Target);
        var events = cursor.Read(mark);
        cursor.Need("ON");
        var table = cursor.Table();
        if (cursor.AtEnd)
        {
            cursor.FailHere();
        }
        cursor.SkipRest();
        return [new CreateTrigger(table, name) { Of = Columns(events) }];
    }

    private static List<string> Columns(Cursor events)
    {
        var columns = new List<string>();
        while (!events.AtEnd)
        {
            if (!events.Take("UPDATE OF"))
            {
                events.Next();
                continue;
            }
            do
            {
                columns.Add(events.Name());
            }
            while (events.Take(","));
        }
        return columns;
    }

    public static IReadOnlyList<Change> Drop(Cursor cursor)
    {
        cursor.Take("IF EXISTS");
        var name = cursor.Qualified().Name;
        var table = cursor.Take("ON")
            ? cursor.Table()
            : cursor.Model.Tables.FirstOrDefault(each => each.Triggers.Contains(name))?.Name;
        _ = cursor.TakeAny("CASCADE", "RESTRICT");
        return [table is null ? new OtherStatement("DROP TRIGGER", null) : new DropTrigger(table, name)];
    }

    public static IReadOnlyList<Change> Alter(Cursor cursor)
    {
        var name = cursor.Name();
        cursor.Need("ON");
        var table = cursor.Table();
        if (cursor.Take("RENAME TO"))
        {
            return [new RenameTrigger(table, name, cursor.Name())];
        }
        cursor.Take("NO");
        cursor.Need("DEPENDS ON EXTENSION");
        cursor.Name();
        return [new OtherStatement("ALTER TRIGGER", table)];
    }
}
