using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines.MySql;

/// <summary>Questions about the rows of a move: which are still apart, which have no place, and what comes back.</summary>
internal sealed class MySqlMoveLook
{
    private const string Linked = "`safe_migrate_linked`";

    /// <summary>Longest message of a signal, in characters.</summary>
    private const int Longest = 128;

    private readonly Func<string, string> _quote = MySqlQuestions.Quote;

    public string Apart(MoveSpec spec)
    {
        var value = $"{_quote(spec.Tie.Parent.Name)}.{_quote(spec.ParentColumn)}";
        var differs = Differ($"{Linked}.{_quote(spec.ChildColumn)}", value);
        var children = Children(spec);
        return spec.Makes is null ? $"{(spec is { ToChild: false, Given: not null } ? $"{value} IS NULL OR " : "")}EXISTS ({children} AND {differs})"
            : $"{value} IS NOT NULL{(spec.Left is { } left ? $" AND {Differ(value, left)}" : "")} AND NOT EXISTS ({children} AND NOT {differs})";
    }

    // Read as it is now, not as it was when the statement began.
    public string Back(MoveSpec spec)
    {
        var (from, keys, own, others) = spec.ToChild
            ? (spec.Tie.Child, spec.Tie.ChildKey, spec.Tie.Parent, spec.Tie.ParentKey)
            : (spec.Tie.Parent, spec.Tie.ParentKey, spec.Tie.Child, spec.Tie.ChildKey);
        var value = $"(SELECT {Linked}.{_quote(spec.New)} FROM {from.Quoted()} AS {Linked} WHERE {On(keys, own, others)} LOCK IN SHARE MODE)";
        return spec.Left is { } left ? $"COALESCE({value}, {left})" : value;
    }

    public IReadOnlyList<string> Statements(MoveSpec spec, IReadOnlyList<string> key, bool last)
    {
        List<string> looks = [];
        var value = _quote(spec.Old);
        if (spec is { Makes: not null, Left: { } stands } && !last)
        {
            looks.Add(List(spec, key, $"NOT {Differ(value, stands)}", $"of {spec.OldTable} hold what stands for no {spec.Old}; say another with --fill"));
        }
        if (!spec.ToChild || spec.Makes is null || last)
        {
            var left = spec is { ToChild: true, Left: { } known } ? $" AND {Differ(value, known)}" : "";
            var placeless = spec.ToChild ? $"NOT EXISTS ({Children(spec)})" : $"({string.Join(" OR ", spec.Tie.ChildKey.Select(column => $"{_quote(column)} IS NULL"))})";
            looks.Add(List(spec, key, $"{value} IS NOT NULL{left} AND {placeless}", $"of {spec.OldTable} have {spec.Old} and no row in {spec.NewTable} to take it"));
        }
        return looks;
    }

    // Met again behind the contract, the column is gone.
    private string List(MoveSpec spec, IReadOnlyList<string> key, string where, string what)
    {
        var (table, keys) = (spec.OldTable.Quoted(), string.Join(", ", key.Select(_quote)));
        return MySqlRoutine.Run("safe_migrate_look", $"""
                DECLARE found bigint DEFAULT 0;
                IF {MySqlObject.OfColumn(spec.Old, present: true).Condition(spec.OldTable)} THEN
                    SELECT COUNT(*) INTO found FROM {table} WHERE {where};
                END IF;
                IF found > 0 THEN
                    SELECT GROUP_CONCAT(`safe_migrate_key` SEPARATOR ', ') INTO @safe_migrate_keys
                        FROM (SELECT CONCAT_WS('/', {keys}) AS `safe_migrate_key` FROM {table} WHERE {where} ORDER BY {keys} LIMIT 20) AS `safe_migrate_first`;
                    SET @safe_migrate_message = LEFT(CONCAT(found, ' row(s) ', {MySqlRoutine.Text(what)}, ': ', @safe_migrate_keys, IF(found > 20, ' ...', '')), {Longest});
                    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = @safe_migrate_message;
                END IF;
            """);
    }

    private string Children(MoveSpec spec) => $"SELECT 1 FROM {spec.Tie.Child.Quoted()} AS {Linked} WHERE {On(spec.Tie.ChildKey, spec.Tie.Parent, spec.Tie.ParentKey)}";

    private string On(IReadOnlyList<string> columns, TableName own, IReadOnlyList<string> others) =>
        string.Join(" AND ", columns.Zip(others, (column, other) => $"{Linked}.{_quote(column)} = {_quote(own.Name)}.{_quote(other)}"));

    private static string Differ(string one, string other) => MySqlTriggers.Differ(one, other, byImage: null);
}
