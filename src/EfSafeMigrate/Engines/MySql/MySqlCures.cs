using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines.MySql;

/// <summary>The forms of a change that let writers through.</summary>
internal static class MySqlCures
{
    private const string Online = "ALGORITHM=INPLACE, LOCK=NONE";

    public static readonly OnlineForms Forms = new() { ForeignKey = ForeignKey, KeySwap = KeySwap };

    /// <summary>The server looks up every row by a copy, or none at all.</summary>
    private static Cure ForeignKey(AddForeignKey add, ServerState state)
    {
        var key = add.ForeignKey;
        var named = key.Name is { } name ? $"CONSTRAINT {MySqlQuestions.Quote(name)} " : "";
        var deletes = key.OnDelete is { } action ? $" ON DELETE {action}" : "";
        return new(
            $"Look for rows of {add.Table} without their {key.Principal} row by a LEFT JOIN first, and again afterwards: with foreign_key_checks off the key is added while writers go on, and the rows that exist are not looked at",
            [
                new([
                    "SET foreign_key_checks = 0;",
                    $"ALTER TABLE {add.Table.Quoted()} ADD {named}FOREIGN KEY ({Columns(key.Columns)}) REFERENCES {key.Principal.Quoted()} ({Columns(key.PrincipalColumns)}){deletes}, {Online};",
                    "SET foreign_key_checks = 1;",
                ]),
            ]);
    }

    /// <summary>Both keys in one statement are one rebuild, with no moment in which a row has none.</summary>
    private static Cure? KeySwap(AddPrimaryKey add, ServerState state)
    {
        if (state.Model.Find(add.Table)?.PrimaryKey is not { } old || old.Columns.SequenceEqual(add.Key.Columns))
        {
            return null;
        }
        var unique = MySqlQuestions.Quote($"ux_{add.Table.Name}_{string.Join('_', old.Columns)}");
        return new(
            $"Swap the keys in one statement, which is one rebuild with traffic going on, and keep {string.Join(", ", old.Columns)} unique: the running release finds its rows by it",
            [new([$"ALTER TABLE {add.Table.Quoted()} DROP PRIMARY KEY, ADD PRIMARY KEY ({Columns(add.Key.Columns)}), ADD UNIQUE INDEX {unique} ({Columns(old.Columns)}), {Online};"])]);
    }

    private static string Columns(IEnumerable<string> columns) => string.Join(", ", columns.Select(MySqlQuestions.Quote));
}
