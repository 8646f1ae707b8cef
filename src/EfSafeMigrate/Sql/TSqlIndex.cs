using System.Collections.Frozen;
using EfSafeMigrate.Changes;
using Index = EfSafeMigrate.Changes.Index;

namespace EfSafeMigrate.Sql;

/// <summary>Indexes of Transact-SQL.</summary>
internal static class TSqlIndex
{
    private static readonly FrozenSet<string> FilterEnds = Names.Set("WITH ON");

    /// <summary>Null when another object is created.</summary>
    public static IReadOnlyList<Change>? Create(Cursor cursor)
    {
        var ahead = cursor.Fork();
        ahead.Next();
        while (ahead.TakeAny("UNIQUE", "CLUSTERED", "NONCLUSTERED", "COLUMNSTORE", "PRIMARY", "XML", "SPATIAL", "FULLTEXT") is not null)
        {
        }
        if (!ahead.At("INDEX"))
        {
            return null;
        }
        cursor.Next();
        var unique = cursor.Take("UNIQUE");
        var clustered = cursor.TakeAny("CLUSTERED", "NONCLUSTERED") == "CLUSTERED";
        var kind = cursor.TakeAny("COLUMNSTORE", "PRIMARY XML", "XML", "SPATIAL", "FULLTEXT");
        cursor.Need("INDEX");
        var name = cursor.At("ON") ? null : cursor.Name();
        cursor.Need("ON");
        var table = cursor.Table();
        var method = kind is null ? clustered ? "CLUSTERED" : null : clustered ? $"CLUSTERED {kind}" : kind.Replace("PRIMARY ", "", StringComparison.Ordinal);
        return [Body(cursor, table, new Index(name ?? $"the full-text index of {table.Name}", []) { Unique = unique, Method = method })];
    }

    /// <param name="cursor">Behind <c>INDEX</c>, inside a table's definition.</param>
    /// <param name="table">The table.</param>
    /// <param name="column">The column it stands behind, or null.</param>
    public static CreateIndex Element(Cursor cursor, TableName table, string? column)
    {
        var name = cursor.Name();
        var unique = cursor.Take("UNIQUE");
        var clustered = cursor.TakeAny("CLUSTERED", "NONCLUSTERED") == "CLUSTERED";
        cursor.Take("COLUMNSTORE");
        cursor.Take("HASH");
        var create = Body(cursor, table, new Index(name, []) { Unique = unique, Method = clustered ? "CLUSTERED" : null });
        return column is null || create.Index.Columns.Count > 0 ? create : create with { Index = create.Index with { Columns = [column] } };
    }

    /// <param name="cursor">Behind the words.</param>
    /// <param name="form">The words.</param>
    public static IReadOnlyList<Change> Drop(Cursor cursor, string form)
    {
        if (form == "DROP FULLTEXT INDEX")
        {
            cursor.Need("ON");
            var indexed = cursor.Table();
            return [new DropIndex(indexed, $"the full-text index of {indexed.Name}")];
        }
        var ifExists = cursor.Take("IF EXISTS");
        var changes = new List<Change>();
        do
        {
            var name = cursor.Qualified();
            // DROP INDEX table.index is the old form.
            var table = cursor.Take("ON") ? cursor.Table() : name.Schema is { } old ? cursor.TableOf(new(null, old))?.Name ?? new(null, old) : cursor.TableOfIndex(name.Name);
            var demanded = TSqlOptions.Read(cursor);
            changes.Add(new DropIndex(table, name.Name) { IfExists = ifExists, Demanded = demanded });
        }
        while (cursor.Take(","));
        return changes;
    }

    /// <param name="cursor">Behind <c>ALTER INDEX</c>.</param>
    public static IReadOnlyList<Change> Alter(Cursor cursor)
    {
        var index = cursor.Take("ALL") ? null : cursor.Name();
        cursor.Need("ON");
        var table = cursor.Table();
        if (cursor.Take("REBUILD"))
        {
            Partition(cursor);
            return [new Reindex(table, index, Concurrently: false) { Demanded = TSqlOptions.Read(cursor) }];
        }
        var verb = cursor.TakeAny("REORGANIZE", "DISABLE", "SET", "RESUME", "PAUSE", "ABORT");
        if (verb is null)
        {
            cursor.FailHere();
        }
        cursor.SkipRest();
        return [new SetTableOption(table, $"{verb} INDEX", index ?? "ALL")];
    }

    /// <summary><c>PARTITION = 3</c>.</summary>
    public static void Partition(Cursor cursor)
    {
        if (cursor.Take("PARTITION"))
        {
            cursor.Take("=");
            cursor.Next();
        }
    }

    private static CreateIndex Body(Cursor cursor, TableName table, Index index)
    {
        var mark = cursor.Mark();
        var columns = new List<string>();
        foreach (var part in cursor.At("(") ? cursor.Group().Parts() : [])
        {
            columns.Add(part.Column(table));
            part.SkipRest();
        }
        var include = cursor.Take("INCLUDE") ? cursor.Columns(table) : [];
        var filter = cursor.Take("WHERE") ? cursor.Until(FilterEnds) : null;
        if (index.Method is "XML" or "SPATIAL" or "FULLTEXT")
        {
            cursor.SkipRest();
        }
        var definition = cursor.Since(mark);
        var demanded = TSqlOptions.Read(cursor);
        return new(table, index with { Columns = columns, Include = include, Filter = filter, Definition = definition }) { Demanded = demanded };
    }
}
