using System.Collections.Frozen;
using EfSafeMigrate.Changes;
using Index = EfSafeMigrate.Changes.Index;

namespace EfSafeMigrate.Sql;

internal static class IndexStatement
{
    private static readonly FrozenSet<string> ElementEnds = Names.Set("COLLATE ASC DESC NULLS");
    private static readonly FrozenSet<string> Nothing = FrozenSet<string>.Empty;

    /// <param name="cursor">Behind <c>INDEX</c>.</param>
    /// <param name="unique">Written with <c>UNIQUE</c>.</param>
    public static IReadOnlyList<Change> Create(Cursor cursor, bool unique)
    {
        var concurrently = cursor.Take("CONCURRENTLY");
        var ifNotExists = cursor.Take("IF NOT EXISTS");
        var name = cursor.At("ON") ? null : cursor.Qualified().Name;
        cursor.Need("ON");
        var only = cursor.Take("ONLY");
        var table = cursor.Table();
        var mark = cursor.Mark();
        var method = cursor.Take("USING") ? cursor.Name() : null;
        var columns = cursor.Group().Parts().Select(part => Element(part, table)).ToArray();
        var include = cursor.Take("INCLUDE") ? cursor.Columns(table) : [];
        _ = cursor.TakeAny("NULLS NOT DISTINCT", "NULLS DISTINCT");
        if (cursor.Take("WITH"))
        {
            cursor.Group();
        }
        if (cursor.Take("TABLESPACE"))
        {
            cursor.Name();
        }
        var filter = cursor.Take("WHERE") ? cursor.Until(Nothing) : null;
        var plain = columns.Select(column => column.StartsWith('(') ? "expr" : column);
        var index = new Index(name ?? string.Join('_', [table.Name, .. plain, "idx"]), columns)
        {
            Unique = unique,
            Filter = filter,
            Method = method,
            Include = include,
            Definition = cursor.Since(mark),
        };
        return [new CreateIndex(table, index) { Concurrently = concurrently, IfNotExists = ifNotExists, Only = only }];
    }

    /// <param name="cursor">Behind <c>DROP INDEX</c>.</param>
    public static IReadOnlyList<Change> Drop(Cursor cursor)
    {
        var concurrently = cursor.Take("CONCURRENTLY");
        var ifExists = cursor.Take("IF EXISTS");
        var changes = new List<Change>();
        do
        {
            var name = cursor.Qualified().Name;
            changes.Add(new DropIndex(cursor.TableOfIndex(name), name) { Concurrently = concurrently, IfExists = ifExists });
        }
        while (cursor.Take(","));
        _ = cursor.TakeAny("CASCADE", "RESTRICT");
        return changes;
    }

    /// <param name="cursor">Behind <c>ALTER INDEX</c>.</param>
    public static IReadOnlyList<Change> Alter(Cursor cursor)
    {
        cursor.Take("IF EXISTS");
        var name = cursor.Qualified().Name;
        var table = cursor.TableOfIndex(name);
        if (cursor.Take("RENAME TO"))
        {
            return [new RenameIndex(table, name, cursor.Name())];
        }
        if (cursor.Take("ATTACH PARTITION"))
        {
            return [new AttachIndex(table, name, cursor.Qualified().Name)];
        }
        var verb = cursor.Current.Is("RESET") ? "ALTER INDEX RESET" : "ALTER INDEX SET";
        cursor.SkipRest();
        return [new OtherStatement(verb, table)];
    }

    private static string Element(Cursor part, TableName table)
    {
        if (part.AtName() && part.Ahead(1).Kind is TokenKind.End or TokenKind.Word or TokenKind.QuotedName)
        {
            var name = part.Column(table);
            part.SkipRest();
            return name;
        }
        var mark = part.Mark();
        if (part.At("("))
        {
            part.Group();
        }
        else
        {
            part.Qualified();
            ColumnDefinition.SkipOptions(part);
        }
        // What follows is an operator class on PostgreSQL, or the rest of an expression that needs no parentheses on SQLite.
        if (part.Current.Kind is TokenKind.Symbol)
        {
            part.Until(ElementEnds);
        }
        var sql = part.Since(mark);
        part.SkipRest();
        return sql.StartsWith('(') && sql.EndsWith(')') ? sql : $"({sql})";
    }
}
