using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Sql;

/// <summary><c>REINDEX</c>, <c>VACUUM</c>, <c>ANALYZE</c>, <c>CLUSTER</c>, <c>REFRESH</c> and <c>LOCK</c>.</summary>
internal static class MaintenanceStatement
{
    public static IReadOnlyList<Change>? Read(Cursor cursor) =>
        cursor.Take("REINDEX") ? Reindex(cursor)
        : cursor.Take("VACUUM") ? Vacuum(cursor)
        : cursor.TakeAny("ANALYZE", "ANALYSE") is not null ? Analyze(cursor)
        : cursor.Take("CLUSTER") ? Cluster(cursor)
        : cursor.Take("REFRESH MATERIALIZED VIEW") ? Refresh(cursor)
        : cursor.Take("LOCK") ? Lock(cursor)
        : null;

    private static IReadOnlyList<Change> Reindex(Cursor cursor)
    {
        var concurrently = cursor.At("(") && Option(cursor.Group(), "CONCURRENTLY");
        var kind = cursor.TakeAny("INDEX", "TABLE", "SCHEMA", "DATABASE", "SYSTEM");
        concurrently |= cursor.Take("CONCURRENTLY");
        if (cursor.AtEnd)
        {
            return [new Reindex(null, null, concurrently)];
        }
        var name = cursor.Qualified();
        var table = cursor.TableOf(name)?.Name;
        // Without a kind, as on SQLite, the name may be a table's or an index's.
        return kind switch
        {
            "SCHEMA" or "DATABASE" or "SYSTEM" => [new Reindex(null, null, concurrently)],
            "TABLE" => [new Reindex(table ?? name, null, concurrently)],
            null when table is not null => [new Reindex(table, null, concurrently)],
            _ => [new Reindex(cursor.TableOfIndex(name.Name), name.Name, concurrently)],
        };
    }

    private static IReadOnlyList<Change> Vacuum(Cursor cursor)
    {
        var options = cursor.At("(") ? cursor.Group() : null;
        var full = options is not null && Option(options, "FULL");
        while (cursor.TakeAny("FULL", "FREEZE", "VERBOSE", "ANALYZE", "ANALYSE") is { } option)
        {
            full |= option == "FULL";
        }
        if (cursor.AtEnd || cursor.At("INTO") || cursor.Ahead(1).Is("INTO"))
        {
            cursor.SkipRest();
            return [new Vacuum(null, full)];
        }
        return [.. TablesWithColumns(cursor).Select(table => new Vacuum(table, full))];
    }

    private static IReadOnlyList<Change> Analyze(Cursor cursor)
    {
        ColumnDefinition.SkipOptions(cursor);
        cursor.Take("VERBOSE");
        return cursor.AtEnd ? [new Analyze(null)] : [.. TablesWithColumns(cursor).Select(table => new Analyze(table))];
    }

    private static IReadOnlyList<Change> Cluster(Cursor cursor)
    {
        ColumnDefinition.SkipOptions(cursor);
        cursor.Take("VERBOSE");
        if (cursor.AtEnd)
        {
            return [new OtherStatement("CLUSTER", null)];
        }
        var table = cursor.Table();
        var index = cursor.Take("USING") ? cursor.Name() : null;
        if (cursor.Take("ON"))
        {
            (table, index) = (cursor.Table(), table.Name);
        }
        return [new SetTableOption(table, "CLUSTER", index)];
    }

    private static IReadOnlyList<Change> Refresh(Cursor cursor)
    {
        var concurrently = cursor.Take("CONCURRENTLY");
        var view = cursor.Table();
        _ = cursor.TakeAny("WITH DATA", "WITH NO DATA");
        return [new RefreshView(view, concurrently)];
    }

    private static IReadOnlyList<Change> Lock(Cursor cursor)
    {
        cursor.Take("TABLE");
        var tables = cursor.Tables();
        var mode = "ACCESS EXCLUSIVE";
        if (cursor.Take("IN"))
        {
            mode = cursor.Until(Names.Set("MODE")).ToUpperInvariant();
            cursor.Need("MODE");
        }
        cursor.Take("NOWAIT");
        return [.. tables.Select(table => new LockTable(table, mode))];
    }

    private static List<TableName> TablesWithColumns(Cursor cursor)
    {
        var tables = new List<TableName>();
        do
        {
            cursor.Take("ONLY");
            tables.Add(cursor.Table());
            cursor.Take("*");
            ColumnDefinition.SkipOptions(cursor);
        }
        while (cursor.Take(","));
        return tables;
    }

    private static bool Option(Cursor options, string name) =>
        options.Parts().Any(option => option.Take(name) && !option.At("FALSE") && !option.At("OFF") && option.Current.Raw != "0");
}
