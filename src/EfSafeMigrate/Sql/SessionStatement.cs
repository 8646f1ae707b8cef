using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Sql;

/// <summary>Settings and transactions.</summary>
internal static class SessionStatement
{
    public static IReadOnlyList<Change>? Read(Cursor cursor)
    {
        if (cursor.TakeAny("SET TRANSACTION", "SET SESSION CHARACTERISTICS", "SET CONSTRAINTS") is { } special)
        {
            cursor.SkipRest();
            return special == "SET CONSTRAINTS" ? [new OtherStatement(special, null)] : [new TransactionControl(special)];
        }
        if (cursor.Take("SET"))
        {
            return [Set(cursor)];
        }
        if (cursor.Take("RESET"))
        {
            return [new SetSetting(cursor.Take("TIME ZONE") ? "TimeZone" : cursor.Qualified().ToString(), null, Local: false)];
        }
        if (cursor.Take("PRAGMA"))
        {
            return [new OtherStatement($"PRAGMA {Pragma(cursor)}", null)];
        }
        return Transaction(cursor);
    }

    private static SetSetting Set(Cursor cursor)
    {
        var scope = cursor.At("SESSION AUTHORIZATION") ? null : cursor.TakeAny("LOCAL", "SESSION");
        var timeZone = cursor.Take("TIME ZONE");
        // SET ROLE x, SET SESSION AUTHORIZATION x and SET NAMES 'x' have no sign between name and value.
        var name = timeZone ? "TimeZone" : cursor.TakeAny("ROLE", "SESSION AUTHORIZATION", "NAMES", "XML OPTION");
        if (name is null)
        {
            name = cursor.Qualified().ToString();
            if (cursor.TakeAny("TO", "=") is null)
            {
                cursor.FailHere();
            }
        }
        var value = cursor.Current.Kind == TokenKind.Text && cursor.Ahead(1).Kind == TokenKind.End ? cursor.Text() : cursor.Rest();
        if (value.Length == 0 && cursor.Ahead(-1).Kind != TokenKind.Text)
        {
            cursor.FailHere();
        }
        return new(name, value.Equals("DEFAULT", StringComparison.OrdinalIgnoreCase) ? null : value, scope == "LOCAL");
    }

    private static string Pragma(Cursor cursor)
    {
        var name = cursor.Qualified().Name;
        if (cursor.Take("="))
        {
            return $"{name} = {cursor.Rest()}";
        }
        return cursor.At("(") ? $"{name} = {cursor.Inside()}" : name;
    }

    private static IReadOnlyList<Change>? Transaction(Cursor cursor)
    {
        var verb = cursor.TakeAny(
            "BEGIN", "START TRANSACTION", "COMMIT PREPARED", "COMMIT", "END", "ROLLBACK PREPARED", "ROLLBACK", "ABORT", "SAVEPOINT", "RELEASE",
            "PREPARE TRANSACTION");
        if (verb is null)
        {
            return null;
        }
        _ = cursor.TakeAny("WORK", "TRANSACTION");
        if (verb == "ROLLBACK" && cursor.Take("TO"))
        {
            verb = "ROLLBACK TO";
        }
        cursor.SkipRest();
        return [new TransactionControl(verb switch
        {
            "START TRANSACTION" => "BEGIN",
            "END" => "COMMIT",
            "ABORT" => "ROLLBACK",
            _ => verb,
        })];
    }
}
