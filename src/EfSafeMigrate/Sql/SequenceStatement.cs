using System.Globalization;
using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Sql;

internal static class SequenceStatement
{
    public static IReadOnlyList<Change> Create(Cursor cursor)
    {
        cursor.Take("IF NOT EXISTS");
        var name = cursor.Qualified();
        cursor.SkipRest();
        return [new CreateSequence(name.Schema, name.Name)];
    }

    public static IReadOnlyList<Change> Alter(Cursor cursor)
    {
        cursor.Take("IF EXISTS");
        var name = cursor.Qualified();
        if (cursor.Take("RENAME TO"))
        {
            return [new RenameSequence(name.Schema, name.Name, name.Schema, cursor.Name())];
        }
        if (cursor.Take("SET SCHEMA"))
        {
            return [new RenameSequence(name.Schema, name.Name, cursor.Name(), name.Name)];
        }
        if (cursor.At("RESTART"))
        {
            var rest = cursor.Rest().Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return [new RestartSequence(name.Schema, name.Name) { Value = rest.Length > 1 && long.TryParse(rest[^1], CultureInfo.InvariantCulture, out var value) ? value : null }];
        }
        if (cursor.AtEnd)
        {
            cursor.FailHere();
        }
        return [new AlterSequence(name.Schema, name.Name, cursor.Rest())];
    }
}
