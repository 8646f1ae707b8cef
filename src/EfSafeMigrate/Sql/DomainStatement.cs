using System.Collections.Frozen;
using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Sql;

internal static class DomainStatement
{
    private static readonly FrozenSet<string> Constraints = Names.Set("CHECK NOT");

    public static IReadOnlyList<Change> Create(Cursor cursor)
    {
        var name = cursor.Qualified();
        cursor.Take("AS");
        var type = cursor.Type();
        var constrained = false;
        while (!cursor.AtEnd)
        {
            constrained |= cursor.AtAny(Constraints);
            cursor.Next();
        }
        return [new CreateDomain(new(name.Schema, name.Name, type, constrained))];
    }

    public static IReadOnlyList<Change> Alter(Cursor cursor)
    {
        var name = cursor.Qualified();
        if (cursor.AtEnd)
        {
            cursor.FailHere();
        }
        var mark = cursor.Mark();
        var check = Check(cursor);
        cursor.SkipRest();
        return [new AlterDomain(name.Schema, name.Name, cursor.Since(mark)) { Check = check }];
    }

    private static CheckConstraint? Check(Cursor cursor)
    {
        if (!cursor.Take("ADD"))
        {
            return null;
        }
        var name = cursor.Take("CONSTRAINT") ? cursor.Name() : null;
        return !cursor.Take("CHECK") ? null : new(name, cursor.Inside()) { Validated = !cursor.Take("NOT VALID") };
    }
}
