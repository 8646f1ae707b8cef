using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Sql;

/// <summary>Enum types as changes; other types by their verb.</summary>
internal static class TypeStatement
{
    public static IReadOnlyList<Change> Create(Cursor cursor)
    {
        var name = cursor.Qualified();
        if (cursor.Take("AS ENUM"))
        {
            var values = cursor.Group();
            return [new CreateEnum(new(name.Schema, name.Name, values.AtEnd ? [] : [.. values.Parts().Select(value => value.Text())]))];
        }
        cursor.SkipRest();
        return [new OtherStatement("CREATE TYPE", null)];
    }

    public static IReadOnlyList<Change> Alter(Cursor cursor)
    {
        var name = cursor.Qualified();
        if (cursor.Take("ADD VALUE"))
        {
            cursor.Take("IF NOT EXISTS");
            var value = cursor.Text();
            var positioned = cursor.TakeAny("BEFORE", "AFTER") is not null;
            if (positioned)
            {
                cursor.Text();
            }
            return [new AddEnumValue(name.Schema, name.Name, value) { Positioned = positioned }];
        }
        if (cursor.Take("RENAME VALUE"))
        {
            var value = cursor.Text();
            cursor.Need("TO");
            return [new RenameEnumValue(name.Schema, name.Name, value, cursor.Text())];
        }
        var verb = cursor.Take("RENAME TO") ? "ALTER TYPE RENAME" : "ALTER TYPE";
        if (cursor.AtEnd)
        {
            cursor.FailHere();
        }
        cursor.SkipRest();
        return [new OtherStatement(verb, null)];
    }
}
