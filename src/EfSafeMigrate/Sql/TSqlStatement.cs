using System.Collections.Frozen;
using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Sql;

/// <summary>Statements that only Transact-SQL has, or writes in its own way.</summary>
internal static class TSqlStatement
{
    private static readonly FrozenSet<string> Silent = Names.Set(
        "PRINT RAISERROR THROW RETURN USE WAITFOR GOTO OPEN CLOSE FETCH DEALLOCATE BREAK CONTINUE KILL DBCC CHECKPOINT RECONFIGURE BACKUP REVERT GRANT DENY REVOKE");

    /// <summary>Null when the statement is one that other dialects write the same.</summary>
    public static IReadOnlyList<Change>? Read(Cursor cursor)
    {
        var changes = Dispatch(cursor);
        // What begins with one of these signs is seen by its own session only.
        return changes is null ? null : [.. changes.Select(change => change.Target is { Name: ['#' or '@', ..] } ? new OtherStatement("TEMPORARY", null) : change)];
    }

    private static IReadOnlyList<Change>? Dispatch(Cursor cursor)
    {
        if (cursor.At("IF") || cursor.At("WHILE") || TSqlBlock.Begins(cursor))
        {
            return TSqlBlock.Read(cursor);
        }
        return cursor.TakeAny("EXECUTE", "EXEC") is not null ? TSqlExecute.Read(cursor)
            : cursor.Take("DECLARE") ? TSqlVariables.Declare(cursor)
            : cursor.Take("SET") ? Set(cursor)
            : cursor.Take("SELECT") ? Select(cursor)
            : cursor.Take("WITH") ? TSqlRows.With(cursor)
            : cursor.At("UPDATE STATISTICS") ? Statistics(cursor)
            : cursor.Take("UPDATE") ? TSqlRows.Update(cursor)
            : cursor.Take("DELETE") ? TSqlRows.Delete(cursor)
            : cursor.TakeAny("INSERT", "BULK INSERT") is not null ? TSqlRows.Insert(cursor)
            : cursor.Take("MERGE") ? Merge(cursor)
            : cursor.Take("TRUNCATE TABLE") ? Truncate(cursor)
            : Definition(cursor) ?? Other(cursor);
    }

    private static IReadOnlyList<Change>? Definition(Cursor cursor) =>
        cursor.Take("ALTER TABLE") ? TSqlAlterTable.Read(cursor)
        : TSqlModule.Stands(cursor) ? TSqlModule.Read(cursor)
        : cursor.At("CREATE") && TSqlIndex.Create(cursor) is { } indexes ? indexes
        : cursor.TakeAny("DROP INDEX", "DROP FULLTEXT INDEX", "DROP XML INDEX") is { } drop ? TSqlIndex.Drop(cursor, drop)
        : cursor.Take("ALTER INDEX") ? TSqlIndex.Alter(cursor)
        : cursor.Take("ALTER SCHEMA") ? Transfer(cursor)
        : cursor.At("CREATE SCHEMA") ? Schema(cursor)
        : cursor.TakeAny("ENABLE TRIGGER", "DISABLE TRIGGER") is { } toggle ? Toggle(cursor, toggle == "ENABLE TRIGGER")
        : cursor.TakeAny("ALTER DATABASE", "CREATE DATABASE") is { } whole ? [new AlterDatabase($"{whole} {cursor.Rest()}")]
        : cursor.At("CREATE TABLE") && cursor.Take("CREATE") ? CreateStatement.Read(cursor)
        : cursor.At("DROP TABLE") && cursor.Take("DROP") ? DropStatement.Read(cursor)
        : null;

    private static IReadOnlyList<Change>? Other(Cursor cursor)
    {
        if (cursor.TakeAny("BEGIN DISTRIBUTED", "BEGIN", "COMMIT", "ROLLBACK", "SAVE") is { } control)
        {
            _ = cursor.TakeAny("TRANSACTION", "TRAN", "WORK");
            cursor.SkipRest();
            return [new TransactionControl(control switch { "SAVE" => "SAVEPOINT", "BEGIN DISTRIBUTED" => "BEGIN", _ => control })];
        }
        if (cursor.AtAny(Silent))
        {
            var verb = cursor.Next().Raw.ToUpperInvariant();
            cursor.SkipRest();
            return [new OtherStatement(verb, null)];
        }
        if (cursor.Ahead(1).Is(":") && cursor.Ahead(2).Kind == TokenKind.End)
        {
            cursor.SkipRest();
            return [new OtherStatement("LABEL", null)];
        }
        if (cursor.Current.Is("CREATE") || cursor.Current.Is("ALTER") || cursor.Current.Is("DROP"))
        {
            return Named(cursor);
        }
        return null;
    }

    private static IReadOnlyList<Change>? Named(Cursor cursor)
    {
        if (cursor.Ahead(1) is var kind && (kind.Is("SEQUENCE") || kind.Is("SCHEMA") || kind.Is("DATABASE") || kind.Is("TRIGGER") || kind.Is("VIEW") || kind.Is("TABLE"))
            || kind.Kind != TokenKind.Word || !TSqlNames.Objects.Contains(kind.Raw))
        {
            return null;
        }
        var verb = $"{cursor.Next().Raw} {cursor.Next().Raw}".ToUpperInvariant();
        if (cursor.AtEnd)
        {
            cursor.FailHere();
        }
        cursor.SkipRest();
        return [new OtherStatement(verb, null)];
    }

    private static IReadOnlyList<Change> Set(Cursor cursor)
    {
        if (cursor.Current.Raw.StartsWith('@'))
        {
            return TSqlVariables.Assign(cursor);
        }
        if (cursor.Take("IDENTITY_INSERT"))
        {
            var table = cursor.Table();
            cursor.SkipRest();
            return [new OtherStatement("SET IDENTITY_INSERT", table)];
        }
        if (cursor.Take("TRANSACTION ISOLATION LEVEL"))
        {
            return [new SetSetting("transaction isolation level", cursor.Rest(), Local: false)];
        }
        if (cursor.Take("STATISTICS"))
        {
            cursor.SkipRest();
            return [new OtherStatement("SET STATISTICS", null)];
        }
        var names = new List<string> { cursor.Name().ToLowerInvariant() };
        while (cursor.Take(","))
        {
            names.Add(cursor.Name().ToLowerInvariant());
        }
        if (cursor.AtEnd)
        {
            cursor.FailHere();
        }
        var value = cursor.Rest();
        return [.. names.Select(name => new SetSetting(name, value, Local: false))];
    }

    private static IReadOnlyList<Change>? Select(Cursor cursor)
    {
        if (TSqlVariables.AssignedBySelect(cursor))
        {
            return [new OtherStatement("SELECT", null)];
        }
        return QueryStatement.Selected(cursor);
    }

    private static List<Change> Statistics(Cursor cursor)
    {
        cursor.Take("UPDATE STATISTICS");
        var table = cursor.Table();
        cursor.SkipRest();
        return [new Analyze(table)];
    }

    private static IReadOnlyList<Change> Merge(Cursor cursor)
    {
        TSqlRows.SkipTop(cursor);
        return RowStatement.Merge(cursor);
    }

    private static List<Change> Truncate(Cursor cursor)
    {
        var table = cursor.Table();
        if (cursor.Take("WITH"))
        {
            cursor.Group();
        }
        return [new Truncate(table, Cascade: false)];
    }

    /// <summary><c>ALTER SCHEMA … TRANSFER</c> moves what it names into the schema.</summary>
    private static List<Change> Transfer(Cursor cursor)
    {
        var schema = cursor.Name();
        cursor.Need("TRANSFER");
        if (cursor.AtName() && cursor.Ahead(1).Is("::"))
        {
            var kind = cursor.Name().ToUpperInvariant();
            cursor.Take("::");
            if (kind is not "OBJECT")
            {
                cursor.SkipRest();
                return [new OtherStatement("ALTER SCHEMA", null)];
            }
        }
        var table = cursor.Table();
        return [new RenameTable(table, new(schema, table.Name))];
    }

    private static List<Change> Schema(Cursor cursor)
    {
        cursor.Take("CREATE SCHEMA");
        var name = cursor.At("AUTHORIZATION") ? null : cursor.Name();
        if (cursor.Take("AUTHORIZATION"))
        {
            var owner = cursor.Name();
            name ??= owner;
        }
        return [new CreateSchema(name ?? "")];
    }

    private static List<Change> Toggle(Cursor cursor, bool enable)
    {
        var names = new List<string>();
        do
        {
            names.Add(cursor.Qualified().Name);
        }
        while (cursor.Take(","));
        cursor.Need("ON");
        if (cursor.TakeAny("DATABASE", "ALL SERVER") is not null)
        {
            return [new OtherStatement(enable ? "ENABLE TRIGGER" : "DISABLE TRIGGER", null)];
        }
        var table = cursor.Table();
        return [.. names.Select(name => new ToggleTrigger(table, name, enable))];
    }
}
