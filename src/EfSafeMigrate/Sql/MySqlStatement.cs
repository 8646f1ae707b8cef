using System.Collections.Frozen;
using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Sql;

/// <summary>Statements that only MySQL and MariaDB have, or write in their own way.</summary>
internal static class MySqlStatement
{
    private static readonly FrozenSet<string> Objects = Names.Set("PROCEDURE FUNCTION TRIGGER EVENT VIEW SQL INDEX TABLE");
    private static readonly FrozenSet<string> Assigned = Names.Set(",");

    /// <summary>Null when the statement is one that other dialects write the same.</summary>
    public static IReadOnlyList<Change>? Read(Cursor cursor)
    {
        if (cursor.TakeAny("RENAME TABLE", "RENAME TABLES") is not null)
        {
            return Renames(cursor);
        }
        if (cursor.TakeAny("OPTIMIZE TABLE", "OPTIMIZE LOCAL TABLE", "OPTIMIZE NO_WRITE_TO_BINLOG TABLE") is not null)
        {
            return [.. cursor.Tables().Select(table => new SetTableOption(table, "FORCE", null))];
        }
        if (cursor.TakeAny("ANALYZE TABLE", "ANALYZE LOCAL TABLE", "ANALYZE NO_WRITE_TO_BINLOG TABLE") is not null)
        {
            var tables = cursor.Tables();
            cursor.SkipRest();
            return [.. tables.Select(table => new Analyze(table))];
        }
        if (cursor.TakeAny("LOCK TABLES", "LOCK TABLE") is not null)
        {
            return Locks(cursor);
        }
        if (cursor.TakeAny("UNLOCK TABLES", "UNLOCK TABLE", "USE", "FLUSH", "CHECK TABLE", "DESCRIBE", "DESC", "KILL", "HANDLER") is { } verb)
        {
            cursor.SkipRest();
            return [new OtherStatement(verb, null)];
        }
        if (cursor.Take("CALL"))
        {
            return MySqlProcedure.Call(cursor);
        }
        if (cursor.Take("PREPARE"))
        {
            return MySqlPrepared.Prepare(cursor);
        }
        if (cursor.Take("EXECUTE"))
        {
            return MySqlPrepared.Execute(cursor);
        }
        if (cursor.At("ALTER IGNORE TABLE") || cursor.At("ALTER ONLINE TABLE"))
        {
            cursor.Next();
            cursor.Next();
            cursor.Need("TABLE");
            return MySqlAlterTable.Read(cursor);
        }
        return cursor.Take("SET") ? Settings(cursor) : null;
    }

    /// <summary><c>ALGORITHM = UNDEFINED DEFINER = … SQL SECURITY …</c> between <c>CREATE</c> and the kind of object.</summary>
    public static void SkipCreator(Cursor cursor)
    {
        while (cursor.TakeAny("DEFINER", "ALGORITHM", "SQL SECURITY") is not null)
        {
            cursor.Take("=");
            cursor.Until(Objects);
        }
    }

    private static List<Change> Renames(Cursor cursor)
    {
        var changes = new List<Change>();
        do
        {
            var table = cursor.Table();
            cursor.Need("TO");
            changes.Add(new RenameTable(table, cursor.Qualified()));
        }
        while (cursor.Take(","));
        return changes;
    }

    private static List<Change> Locks(Cursor cursor)
    {
        var changes = new List<Change>();
        foreach (var part in cursor.Parts())
        {
            var table = part.Table();
            changes.Add(new LockTable(table, part.AtEnd ? "READ" : part.Rest().ToUpperInvariant()));
        }
        return changes;
    }

    private static List<Change> Settings(Cursor cursor)
    {
        if (cursor.TakeAny("NAMES", "CHARACTER SET", "TRANSACTION", "SESSION TRANSACTION", "GLOBAL TRANSACTION", "PASSWORD", "ROLE", "DEFAULT ROLE", "STATEMENT") is { } special)
        {
            if (special == "STATEMENT")
            {
                cursor.Until(Names.Set("FOR"));
                cursor.Need("FOR");
                return [.. StatementFamilies.Read(cursor)];
            }
            return [new SetSetting(special, cursor.Rest(), Local: false)];
        }
        var changes = new List<Change>();
        do
        {
            var scope = cursor.TakeAny("SESSION", "LOCAL", "GLOBAL", "PERSIST", "PERSIST_ONLY", "@@ SESSION .", "@@ LOCAL .", "@@ GLOBAL .", "@@ PERSIST .", "@@");
            var name = cursor.Next().Unquoted();
            while (cursor.Take("."))
            {
                name = cursor.Name();
            }
            // The session keeps its own value when the server's changes.
            var others = scope is not null && (scope.Contains("GLOBAL", StringComparison.Ordinal) || scope.Contains("PERSIST", StringComparison.Ordinal));
            if (cursor.TakeAny("=", ":=") is null)
            {
                cursor.FailHere();
            }
            var value = cursor.Until(Assigned);
            name = name.ToLowerInvariant();
            changes.Add(name.StartsWith('@') ? new HoldText(name, value) : new SetSetting(others ? $"global {name}" : name, value, Local: false));
        }
        while (cursor.Take(","));
        return changes;
    }
}
