using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Sql;

/// <summary>Finds the family of a statement by its first words.</summary>
internal static class StatementFamilies
{
    public static IReadOnlyList<Change> Read(Cursor cursor)
    {
        cursor.Enter();
        var changes = Dispatch(cursor);
        cursor.Done();
        return cursor.Ok ? changes : [];
    }

    private static IReadOnlyList<Change> Dispatch(Cursor cursor) =>
        cursor.Dialect.WholeColumns && MySqlStatement.Read(cursor) is { } own ? own
        : cursor.Dialect.Batches && TSqlStatement.Read(cursor) is { } batched ? batched
        : cursor.Take("ALTER") ? AlterStatement.Read(cursor)
        : cursor.Take("CREATE") ? CreateStatement.Read(cursor)
        : cursor.Take("DROP") ? DropStatement.Read(cursor)
        : cursor.Take("UPDATE") ? RowStatement.Update(cursor)
        : cursor.Take("DELETE") ? RowStatement.Delete(cursor)
        : cursor.Take("INSERT") || cursor.Take("REPLACE") ? RowStatement.Insert(cursor)
        : cursor.Take("MERGE") ? RowStatement.Merge(cursor)
        : cursor.Take("TRUNCATE") ? RowStatement.Truncate(cursor)
        : cursor.Take("COPY") ? RowStatement.Copy(cursor)
        : cursor.Take("WITH") ? QueryStatement.With(cursor)
        : cursor.At("SELECT") || cursor.At("VALUES") || cursor.At("(") || cursor.At("TABLE") ? QueryStatement.Read(cursor)
        : cursor.Take("DO") ? DoStatement.Read(cursor)
        : SessionStatement.Read(cursor)
            ?? MaintenanceStatement.Read(cursor)
            ?? CatalogueStatement.Read(cursor)
            ?? Unknown(cursor);

    /// <summary>The statement of <c>PREPARE name (types) AS statement</c>; on MySQL it was read where it was prepared.</summary>
    private static IReadOnlyList<Change> Prepared(Cursor cursor, Cursor prepared)
    {
        cursor.SkipRest();
        if (cursor.Dialect.WholeColumns)
        {
            return [new OtherStatement("EXECUTE", null)];
        }
        ColumnDefinition.SkipOptions(prepared);
        prepared.Need("AS");
        return Read(prepared);
    }

    private static IReadOnlyList<Change> Unknown(Cursor cursor)
    {
        if (cursor.At("EXECUTE") && cursor.Earlier("PREPARE", cursor.Ahead(1).Unquoted()) is { } prepared)
        {
            return Prepared(cursor, prepared);
        }
        if (cursor.At("CALL"))
        {
            var call = cursor.Fork();
            call.Next();
            if (Routine.Call(call) is { } ran)
            {
                cursor.SkipRest();
                return ran;
            }
        }
        if (cursor.At("CALL") || cursor.At("EXECUTE"))
        {
            cursor.Fail($"what `{cursor.Current.Raw.ToUpperInvariant()}` runs is decided on the server");
        }
        cursor.FailHere();
        return [];
    }
}
