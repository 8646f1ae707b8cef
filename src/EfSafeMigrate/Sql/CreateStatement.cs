using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Sql;

/// <summary><c>CREATE</c>, by kind of object.</summary>
internal static class CreateStatement
{
    /// <param name="cursor">Behind <c>CREATE</c>.</param>
    public static IReadOnlyList<Change> Read(Cursor cursor)
    {
        var orReplace = cursor.Take("OR REPLACE");
        if (cursor.Dialect.WholeColumns)
        {
            MySqlStatement.SkipCreator(cursor);
            if (MySqlIndex.Create(cursor) is { } indexes)
            {
                return indexes;
            }
        }
        if (cursor.TakeAny("UNIQUE INDEX", "INDEX") is { } index)
        {
            return IndexStatement.Create(cursor, index == "UNIQUE INDEX");
        }
        if (cursor.TakeAny("FUNCTION", "PROCEDURE") is not null)
        {
            return FunctionStatement.Create(cursor);
        }
        if (cursor.TakeAny("CONSTRAINT TRIGGER", "TEMP TRIGGER", "TEMPORARY TRIGGER", "TRIGGER") is not null)
        {
            return TriggerStatement.Create(cursor);
        }
        if (cursor.Take("SCHEMA") || (cursor.Dialect.WholeColumns && cursor.Take("DATABASE")))
        {
            return Schema(cursor);
        }
        if (cursor.Take("TYPE"))
        {
            return TypeStatement.Create(cursor);
        }
        if (cursor.Take("DOMAIN"))
        {
            return DomainStatement.Create(cursor);
        }
        if (cursor.Take("EXTENSION"))
        {
            cursor.Take("IF NOT EXISTS");
            var name = cursor.Name();
            cursor.SkipRest();
            return [new AlterDatabase($"CREATE EXTENSION {name}")];
        }
        return Relation(cursor, orReplace) ?? CatalogueStatement.Named(cursor, "CREATE");
    }

    private static IReadOnlyList<Change>? Relation(Cursor cursor, bool orReplace)
    {
        _ = cursor.TakeAny("GLOBAL", "LOCAL");
        var scope = cursor.TakeAny("TEMPORARY", "TEMP", "UNLOGGED", "FOREIGN TABLE", "VIRTUAL TABLE");
        var temporary = scope is "TEMPORARY" or "TEMP";
        if (scope is "FOREIGN TABLE" or "VIRTUAL TABLE")
        {
            cursor.Take("IF NOT EXISTS");
            var table = cursor.Qualified();
            cursor.SkipRest();
            return [new OtherStatement($"CREATE {scope}", table)];
        }
        return cursor.Take("TABLE") ? CreateTableStatement.Read(cursor, temporary)
            : cursor.Take("SEQUENCE") ? SequenceStatement.Create(cursor)
            : cursor.Take("MATERIALIZED VIEW") ? ViewStatement.Create(cursor, materialized: true, orReplace)
            : cursor.TakeAny("RECURSIVE VIEW", "VIEW") is not null ? ViewStatement.Create(cursor, materialized: false, orReplace)
            : null;
    }

    private static IReadOnlyList<Change> Schema(Cursor cursor)
    {
        cursor.Take("IF NOT EXISTS");
        var name = cursor.At("AUTHORIZATION") ? null : cursor.Name();
        if (cursor.Take("AUTHORIZATION"))
        {
            name = cursor.Name() is var owner ? name ?? owner : name;
        }
        if (cursor.Dialect.WholeColumns)
        {
            cursor.SkipRest();
        }
        return [new CreateSchema(name!)];
    }
}
