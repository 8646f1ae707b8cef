using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Sql;

/// <summary><c>ALTER</c>, by kind of object.</summary>
internal static class AlterStatement
{
    /// <param name="cursor">Behind <c>ALTER</c>.</param>
    public static IReadOnlyList<Change> Read(Cursor cursor)
    {
        if (cursor.At("TABLE ALL IN TABLESPACE"))
        {
            cursor.Fail("which tables lie in the tablespace is not known");
        }
        if (cursor.Dialect.WholeColumns && cursor.TakeAny("DATABASE", "SCHEMA") is not null)
        {
            return [new AlterDatabase(cursor.Rest())];
        }
        return cursor.TakeAny("TABLE", "FOREIGN TABLE") is not null ? AlterTableStatement.Read(cursor)
            : cursor.Take("INDEX") ? IndexStatement.Alter(cursor)
            : cursor.Take("SEQUENCE") ? SequenceStatement.Alter(cursor)
            : cursor.Take("TYPE") ? TypeStatement.Alter(cursor)
            : cursor.TakeAny("MATERIALIZED VIEW", "VIEW") is { } view ? ViewStatement.Alter(cursor, view)
            : cursor.Take("DOMAIN") ? DomainStatement.Alter(cursor)
            : cursor.Take("TRIGGER") ? TriggerStatement.Alter(cursor)
            : cursor.Take("SCHEMA") ? Schema(cursor)
            : cursor.TakeAny("DATABASE", "EXTENSION") is { } whole ? [new AlterDatabase($"ALTER {whole} {cursor.Rest()}")]
            : CatalogueStatement.Named(cursor, "ALTER");
    }

    private static IReadOnlyList<Change> Schema(Cursor cursor)
    {
        var name = cursor.Name();
        if (cursor.Take("RENAME TO"))
        {
            return [new RenameSchema(name, cursor.Name())];
        }
        cursor.Need("OWNER TO");
        cursor.Name();
        return [new OtherStatement("ALTER SCHEMA", null)];
    }
}
