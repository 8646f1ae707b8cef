using System.Collections.Frozen;
using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Sql;

/// <summary>Statements about rights, comments, statistics and the like: named by their verb, with the table they touch.</summary>
internal static class CatalogueStatement
{
    private static readonly string[] Kinds =
    [
        "ACCESS METHOD", "AGGREGATE", "CAST", "COLLATION", "CONVERSION", "DATABASE", "DEFAULT PRIVILEGES", "DOMAIN", "EVENT TRIGGER",
        "FOREIGN DATA WRAPPER", "FUNCTION", "GROUP", "LANGUAGE", "LARGE OBJECT", "OPERATOR CLASS", "OPERATOR FAMILY", "OPERATOR", "POLICY", "PROCEDURE",
        "PUBLICATION", "ROLE", "ROUTINE", "RULE", "SERVER", "STATISTICS", "SUBSCRIPTION", "SYSTEM", "TABLESPACE", "TEXT SEARCH", "TRANSFORM",
        "TYPE", "USER MAPPING", "USER",
    ];

    private static readonly string[] Verbs =
    [
        "ATTACH", "DETACH", "CHECKPOINT", "CLOSE", "DEALLOCATE", "DECLARE", "DISCARD", "FETCH", "IMPORT FOREIGN SCHEMA", "LISTEN",
        "LOAD", "MOVE", "NOTIFY", "PREPARE", "REASSIGN OWNED", "SHOW", "UNLISTEN",
    ];

    public static IReadOnlyList<Change>? Read(Cursor cursor)
    {
        if (cursor.Take("COMMENT ON"))
        {
            return [Comment(cursor)];
        }
        if (cursor.TakeAny("GRANT", "REVOKE") is { } rights)
        {
            return [new OtherStatement(rights, Rights(cursor))];
        }
        if (cursor.Take("SECURITY LABEL"))
        {
            cursor.SkipRest();
            return [new OtherStatement("SECURITY LABEL", null)];
        }
        if (cursor.Take("EXPLAIN"))
        {
            return Explain(cursor);
        }
        if (cursor.TakeAny(Verbs) is { } verb)
        {
            cursor.SkipRest();
            return [new OtherStatement(verb, null)];
        }
        return null;
    }

    /// <param name="cursor">At the kind of object.</param>
    /// <param name="verb"><c>CREATE</c>, <c>ALTER</c> or <c>DROP</c>.</param>
    public static IReadOnlyList<Change> Named(Cursor cursor, string verb)
    {
        _ = cursor.TakeAny("TRUSTED", "DEFAULT CONVERSION");
        if (cursor.TakeAny(Kinds) is not { } kind)
        {
            cursor.FailHere();
            return [];
        }
        if (cursor.AtEnd)
        {
            cursor.FailHere();
        }
        var mark = cursor.Mark();
        var on = kind switch
        {
            "POLICY" => Behind(cursor, "ON"),
            "RULE" => Behind(cursor, verb == "CREATE" ? "TO" : "ON"),
            "STATISTICS" when verb == "CREATE" => Behind(cursor, "FROM"),
            "PUBLICATION" => Behind(cursor, "TABLE"),
            _ => null,
        };
        cursor.SkipRest();
        return [new OtherStatement($"{verb} {kind}", on) { Text = kind is "POLICY" or "FUNCTION" ? cursor.Since(mark) : null }];
    }

    private static OtherStatement Comment(Cursor cursor)
    {
        var kind = cursor.TakeAny("MATERIALIZED VIEW", "FOREIGN TABLE", "TABLE", "VIEW", "COLUMN", "INDEX", "CONSTRAINT", "TRIGGER", "POLICY", "RULE");
        TableName? on = null;
        if (kind is null)
        {
            kind = cursor.Next().Raw.ToUpperInvariant();
        }
        else if (kind == "COLUMN")
        {
            on = OfColumn(cursor);
        }
        else if (kind == "INDEX")
        {
            on = cursor.TableOfIndex(cursor.Qualified().Name);
        }
        else if (kind is "CONSTRAINT" or "TRIGGER" or "POLICY" or "RULE")
        {
            on = Behind(cursor, "ON");
        }
        else
        {
            on = cursor.Table();
        }
        if (!cursor.At("IS"))
        {
            cursor.Until(Names.Set("IS"));
        }
        cursor.Need("IS");
        cursor.SkipRest();
        return new($"COMMENT ON {kind}", on);
    }

    private static TableName OfColumn(Cursor cursor)
    {
        var names = new List<string> { cursor.Name() };
        while (cursor.Take("."))
        {
            names.Add(cursor.Name());
        }
        var table = new TableName(names.Count > 2 ? names[^3] : null, names.Count > 1 ? names[^2] : names[0]);
        return cursor.TableOf(table)?.Name ?? table;
    }

    private static TableName? Rights(Cursor cursor)
    {
        cursor.Until(Names.Set("ON TO FROM"));
        if (!cursor.Take("ON"))
        {
            cursor.SkipRest();
            return null;
        }
        var explicitly = cursor.Take("TABLE");
        var table = explicitly || (cursor.AtName() && cursor.Ahead(1).Kind is TokenKind.Word or TokenKind.Symbol && !IsKind(cursor)) ? cursor.Table() : null;
        cursor.SkipRest();
        return table;
    }

    private static bool IsKind(Cursor cursor) =>
        cursor.At("SCHEMA") || cursor.At("SEQUENCE") || cursor.At("ALL") || cursor.At("LARGE") || cursor.At("FOREIGN") || cursor.At("PARAMETER")
        || Array.Exists(Kinds, cursor.At);

    private static TableName? Behind(Cursor cursor, string word)
    {
        cursor.Until(Names.Set(word));
        if (!cursor.Take(word))
        {
            return null;
        }
        cursor.Take("ONLY");
        return cursor.AtName() ? cursor.Table() : null;
    }

    private static IReadOnlyList<Change> Explain(Cursor cursor)
    {
        var options = cursor.At("(") ? cursor.Inside() : "";
        var runs = options.Contains("ANALY", StringComparison.OrdinalIgnoreCase) || cursor.At("ANALYZE") || cursor.At("ANALYSE");
        if (runs)
        {
            _ = cursor.TakeAny("ANALYZE", "ANALYSE");
            cursor.Take("VERBOSE");
            return StatementFamilies.Read(cursor);
        }
        cursor.SkipRest();
        return [new OtherStatement("EXPLAIN", null)];
    }
}
