using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Sql;

/// <summary>Actions of <c>ALTER TABLE</c> that change neither columns nor constraints.</summary>
internal static class TableOptionAction
{
    private static readonly string[] Valued =
    [
        "SET TABLESPACE", "SET ACCESS METHOD", "CLUSTER ON", "OWNER TO", "REPLICA IDENTITY", "NO INHERIT", "INHERIT", "NOT OF", "OF",
        "MERGE PARTITIONS", "SPLIT PARTITION",
    ];

    private static readonly string[] Plain =
    [
        "SET LOGGED", "SET UNLOGGED", "SET WITHOUT CLUSTER", "SET WITHOUT OIDS", "ENABLE ROW LEVEL SECURITY", "DISABLE ROW LEVEL SECURITY",
        "NO FORCE ROW LEVEL SECURITY", "FORCE ROW LEVEL SECURITY",
    ];

    public static Change? Read(Cursor cursor, TableName table)
    {
        if (cursor.TakeAny(Plain) is { } plain)
        {
            return new SetTableOption(table, plain, null);
        }
        if (cursor.TakeAny(Valued) is { } valued)
        {
            return new SetTableOption(table, valued, cursor.AtEnd ? null : Value(cursor));
        }
        if (cursor.At("SET (") || cursor.At("RESET ("))
        {
            return Storage(cursor, table);
        }
        if (cursor.TakeAny("ENABLE REPLICA TRIGGER", "ENABLE ALWAYS TRIGGER", "ENABLE TRIGGER", "DISABLE TRIGGER") is { } toggle)
        {
            return new ToggleTrigger(table, cursor.TakeAny("ALL", "USER") ?? cursor.Name(), toggle != "DISABLE TRIGGER");
        }
        if (cursor.TakeAny("ENABLE REPLICA RULE", "ENABLE ALWAYS RULE", "ENABLE RULE", "DISABLE RULE") is { } rule)
        {
            return new SetTableOption(table, rule, cursor.Name());
        }
        cursor.FailHere();
        return null;
    }

    private static string Value(Cursor cursor) => cursor.Current.Kind == TokenKind.QuotedName ? cursor.Name() : cursor.Rest();

    /// <summary>The first parameter names the option; the text keeps all of them.</summary>
    private static SetTableOption Storage(Cursor cursor, TableName table)
    {
        var set = cursor.Next().Is("SET");
        var parameters = cursor.Group();
        var name = parameters.Fork().Qualified();
        var text = parameters.Rest();
        var at = text.IndexOf('=', StringComparison.Ordinal);
        var value = !set ? null : text.Contains(',', StringComparison.Ordinal) ? text : text[(at + 1)..].Trim();
        return new(table, name.Name, value);
    }
}
