using System.Security.Cryptography;
using System.Text;
using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines.MySql;

/// <summary>
/// Triggers on two tables that hold one value for two releases. A trigger may not write the table that its statement writes: what one of these writes
/// in the other table the triggers there pass over. They know it by a variable that holds the statement's own time, so that nothing is left of it
/// when a statement fails.
/// </summary>
internal static class MySqlMoves
{
    public static MoveForms Forms()
    {
        var look = new MySqlMoveLook();
        return new()
        {
            Triggers = Triggers,
            Apart = look.Apart,
            Back = look.Back,
            Look = look.Statements,
            Placeless = look.Placeless,
            StandsForNone = look.StandsForNone,
            ReachesSiblings = false,
        };
    }

    private static IReadOnlyList<TriggerObjects> Triggers(MoveSpec spec, MoveNames names)
    {
        var bodies = new MySqlMoveBodies(spec, MySqlTriggers.Count(spec.OldTable, names.Counted), Variable(spec));
        var counter = MySqlTriggers.Name(spec.OldTable, names.Counted.Counter);
        var parent = Objects(spec.Tie.Parent, names.Parent, bodies.Parent());
        var child = Objects(spec.Tie.Child, names.Child, bodies.Child());
        var (old, fresh) = spec.ToChild ? (parent, child) : (child, parent);
        return
        [
            fresh,
            new(
                [$"CREATE TABLE IF NOT EXISTS {counter} (`connection` bigint unsigned NOT NULL PRIMARY KEY, `writes` bigint unsigned NOT NULL) ENGINE = InnoDB;", .. old.Create],
                [.. old.Drop, $"DROP TABLE IF EXISTS {counter};"]),
        ];
    }

    private static TriggerObjects Objects(TableName table, ObjectNames names, IReadOnlyList<(string Event, IReadOnlyList<string> Lines)> bodies)
    {
        // Tables and triggers have names of their own.
        string[] free = [names.Trigger, names.Function, names.Count, names.Counter];
        var triggers = bodies.Where(body => body.Lines.Count > 0).Zip(free, (body, name) => (Name: MySqlTriggers.Name(table, name), body.Event, body.Lines)).ToList();
        return new(
            [
                MySqlRoutine.Strictly(string.Join('\n', triggers.Select(trigger => $"""
                    DROP TRIGGER IF EXISTS {trigger.Name};
                    CREATE TRIGGER {trigger.Name} {trigger.Event} ON {table.Quoted()} FOR EACH ROW
                    BEGIN
                    {string.Join('\n', trigger.Lines.Select(line => $"    {line}"))}
                    END;
                    """))),
            ],
            [.. Enumerable.Reverse(triggers).Select(trigger => $"DROP TRIGGER IF EXISTS {trigger.Name};")]);
    }

    /// <summary>One for all columns that move between two tables: the triggers of each pass over what those of another write.</summary>
    private static string Variable(MoveSpec spec)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{spec.Tie.Parent}\0{spec.Tie.Child}"));
        return $"@safe_migrate_moving_{Convert.ToHexString(hash)[..8].ToLowerInvariant()}";
    }
}
