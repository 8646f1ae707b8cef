using System.Collections.Frozen;
using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Sql;

/// <summary>Views, procedures, functions and triggers: each takes the rest of its batch, and does nothing until it is used.</summary>
internal static class TSqlModule
{
    private static readonly FrozenSet<string> As = Names.Set("AS");
    private static readonly FrozenSet<string> On = Names.Set("ON");

    public static bool Stands(Cursor cursor)
    {
        var at = cursor.At("CREATE OR ALTER") ? 3 : cursor.At("CREATE") || cursor.At("ALTER") ? 1 : 0;
        return at > 0 && cursor.Ahead(at) is var kind && (kind.Is("PROCEDURE") || kind.Is("PROC") || kind.Is("FUNCTION") || kind.Is("TRIGGER") || kind.Is("VIEW"));
    }

    public static IReadOnlyList<Change> Read(Cursor cursor)
    {
        var replaces = cursor.TakeAny("CREATE OR ALTER", "CREATE", "ALTER") != "CREATE";
        var kind = cursor.Next().Raw.ToUpperInvariant();
        var name = cursor.Qualified();
        if (cursor.AtEnd)
        {
            cursor.FailHere();
        }
        return kind switch
        {
            "VIEW" => View(cursor, name, replaces),
            "TRIGGER" => Trigger(cursor, name.Name),
            _ => Routine(cursor, name, kind),
        };
    }

    private static List<Change> View(Cursor cursor, TableName name, bool replaces)
    {
        if (!cursor.At("AS"))
        {
            cursor.Until(As);
        }
        cursor.Need("AS");
        return [new CreateView(cursor.TableOf(name)?.Name ?? name, cursor.Rest()) { OrReplace = replaces }];
    }

    private static IReadOnlyList<Change> Trigger(Cursor cursor, string name)
    {
        if (!cursor.At("ON"))
        {
            cursor.Until(On);
        }
        cursor.Need("ON");
        if (cursor.TakeAny("DATABASE", "ALL SERVER") is not null)
        {
            cursor.SkipRest();
            return [new OtherStatement("CREATE TRIGGER", null)];
        }
        var table = cursor.Table();
        cursor.SkipRest();
        return [new CreateTrigger(table, name)];
    }

    private static List<Change> Routine(Cursor cursor, TableName name, string kind)
    {
        // Parameters have types in front of AS, and may have defaults; the body of a function follows RETURNS.
        var body = cursor.At("AS") ? null : cursor.Until(As);
        body = cursor.Take("AS") && kind != "FUNCTION" ? cursor.Rest() : null;
        cursor.SkipRest();
        return [new CreateFunction(name.Name) { Sql = body }];
    }
}
