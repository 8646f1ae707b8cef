using EfSafeMigrate.Changes;
using Index = EfSafeMigrate.Changes.Index;

namespace EfSafeMigrate.Sql;

/// <summary>Indexes of MySQL and MariaDB: statements of their own, actions of <c>ALTER TABLE</c> and elements of <c>CREATE TABLE</c>.</summary>
internal static class MySqlIndex
{
    private static readonly string[] Kinds =
        ["FULLTEXT INDEX", "FULLTEXT KEY", "SPATIAL INDEX", "SPATIAL KEY", "UNIQUE INDEX", "UNIQUE KEY", "FULLTEXT", "SPATIAL", "UNIQUE", "INDEX", "KEY"];

    public static bool StandsHere(Cursor cursor) => Array.Exists(Kinds, cursor.At);

    /// <param name="cursor">At the kind of index.</param>
    /// <param name="table">The table it belongs to.</param>
    public static CreateIndex Element(Cursor cursor, TableName table)
    {
        var kind = cursor.TakeAny(Kinds) ?? "";
        var ifNotExists = cursor.Take("IF NOT EXISTS");
        var name = cursor.At("(") || cursor.At("USING") ? null : cursor.Name();
        return Body(cursor, table, kind, name) with { IfNotExists = ifNotExists };
    }

    /// <param name="cursor">At the kind of index, behind <c>CREATE</c>.</param>
    public static IReadOnlyList<Change>? Create(Cursor cursor)
    {
        if (cursor.TakeAny("FULLTEXT INDEX", "SPATIAL INDEX", "UNIQUE INDEX", "INDEX") is not { } kind)
        {
            return null;
        }
        var ifNotExists = cursor.Take("IF NOT EXISTS");
        var name = cursor.Name();
        Using(cursor);
        cursor.Need("ON");
        var create = Body(cursor, cursor.Table(), kind, name) with { IfNotExists = ifNotExists };
        return [create with { Demanded = MySqlClauses.Read(cursor) }];
    }

    /// <param name="cursor">Behind <c>DROP INDEX</c>.</param>
    public static IReadOnlyList<Change> Drop(Cursor cursor)
    {
        var ifExists = cursor.Take("IF EXISTS");
        var name = cursor.Name();
        cursor.Need("ON");
        var drop = Dropped(cursor, cursor.Table(), name, ifExists);
        return [drop with { Demanded = MySqlClauses.Read(cursor) }];
    }

    /// <summary>Keys and indexes are dropped by one word; the model tells which it is.</summary>
    public static Change Dropped(Cursor cursor, TableName table, string name, bool ifExists)
    {
        var known = cursor.TableOf(table);
        return name.Equals("PRIMARY", StringComparison.OrdinalIgnoreCase) ? new DropPrimaryKey(table, known?.PrimaryKey?.Name)
            : known?.UniqueConstraints.Any(key => key.Name == name) == true ? new DropUniqueConstraint(table, name)
            : new DropIndex(table, name) { IfExists = ifExists };
    }

    private static CreateIndex Body(Cursor cursor, TableName table, string kind, string? name)
    {
        var mark = cursor.Mark();
        Using(cursor);
        var columns = cursor.Group().Parts().Select(part => Column(part, table)).ToArray();
        Options(cursor);
        var index = new Index(name ?? columns.FirstOrDefault() ?? "", columns)
        {
            Unique = kind.StartsWith("UNIQUE", StringComparison.Ordinal),
            Method = kind.StartsWith("FULLTEXT", StringComparison.Ordinal) ? "FULLTEXT" : kind.StartsWith("SPATIAL", StringComparison.Ordinal) ? "SPATIAL" : null,
            Definition = cursor.Since(mark),
        };
        return new(table, index);
    }

    private static string Column(Cursor part, TableName table)
    {
        if (part.At("("))
        {
            var mark = part.Mark();
            part.Group();
            var sql = part.Since(mark);
            _ = part.TakeAny("ASC", "DESC");
            part.Done();
            return sql;
        }
        var name = part.Column(table);
        ColumnDefinition.SkipOptions(part);
        _ = part.TakeAny("ASC", "DESC");
        part.Done();
        return name;
    }

    public static void Options(Cursor cursor)
    {
        while (cursor.TakeAny("USING", "KEY_BLOCK_SIZE", "WITH PARSER", "COMMENT", "VISIBLE", "INVISIBLE", "IGNORED", "NOT IGNORED", "CLUSTERING") is { } option)
        {
            if (option is "USING" or "KEY_BLOCK_SIZE" or "WITH PARSER" or "COMMENT" or "CLUSTERING")
            {
                cursor.Take("=");
                cursor.Next();
            }
        }
    }

    private static void Using(Cursor cursor)
    {
        if (cursor.Take("USING"))
        {
            cursor.Name();
        }
    }
}
