using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Sql;

/// <summary><c>DROP</c>, by kind of object.</summary>
internal static class DropStatement
{
    /// <param name="cursor">Behind <c>DROP</c>.</param>
    public static IReadOnlyList<Change> Read(Cursor cursor)
    {
        if (cursor.Dialect.WholeColumns && cursor.Take("INDEX"))
        {
            return MySqlIndex.Drop(cursor);
        }
        if (cursor.Dialect.WholeColumns && cursor.Take("TEMPORARY"))
        {
            cursor.Need("TABLE");
            cursor.SkipRest();
            return [new OtherStatement("DROP TEMPORARY TABLE", null)];
        }
        if (cursor.Take("INDEX"))
        {
            return IndexStatement.Drop(cursor);
        }
        if (cursor.Take("TRIGGER"))
        {
            return TriggerStatement.Drop(cursor);
        }
        if (cursor.TakeAny("FOREIGN TABLE", "TABLE") is not null)
        {
            var ifExists = cursor.Take("IF EXISTS");
            var tables = cursor.Tables();
            var cascade = Cascade(cursor);
            return [.. tables.Select(table => new DropTable(table) { Cascade = cascade, IfExists = ifExists })];
        }
        if (cursor.TakeAny("MATERIALIZED VIEW", "VIEW") is { } view)
        {
            return Each(cursor, (name, _) => new DropView(name) { Materialized = view != "VIEW" });
        }
        if (cursor.Take("SEQUENCE"))
        {
            return Each(cursor, (name, _) => new DropSequence(name.Schema, name.Name));
        }
        if (cursor.Take("SCHEMA"))
        {
            return Each(cursor, (name, cascade) => new DropSchema(name.Name) { Cascade = cascade });
        }
        if (cursor.Take("DATABASE"))
        {
            return Each(cursor, (name, _) => new DropDatabase(name.Name));
        }
        if (cursor.Take("EXTENSION"))
        {
            return Each(cursor, (name, _) => new AlterDatabase($"DROP EXTENSION {name.Name}"));
        }
        if (cursor.At("OWNED"))
        {
            cursor.Fail("what the role owns is not known");
        }
        return CatalogueStatement.Named(cursor, "DROP");
    }

    private static List<Change> Each(Cursor cursor, Func<TableName, bool, Change> change)
    {
        cursor.Take("IF EXISTS");
        var names = new List<TableName>();
        do
        {
            var name = cursor.Qualified();
            names.Add(cursor.TableOf(name)?.Name ?? name);
        }
        while (cursor.Take(","));
        var cascade = Cascade(cursor);
        ColumnDefinition.SkipOptions(cursor);
        return [.. names.Select(name => change(name, cascade))];
    }

    private static bool Cascade(Cursor cursor) => cursor.TakeAny("CASCADE", "RESTRICT") == "CASCADE";
}
