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
        var children = Children(spec, spec.Tie.Parent.Name);
        return spec.Makes is null ? $"{(spec is { ToChild: false, Given: not null } ? $"{value} IS NULL OR " : "")}EXISTS ({children} AND {differs})"
            : $"{value} IS NOT NULL{(spec.Left is { } left ? $" AND {Differ(value, left)}" : "")} AND NOT EXISTS ({children} AND NOT {differs})";
    }

    // Read as it is now, not as it was when the statement began.
    public string Back(MoveSpec spec)
    {
        var (from, keys, own, others) = spec.ToChild
            ? (spec.Tie.Child, spec.Tie.ChildKey, spec.Tie.Parent, spec.Tie.ParentKey)
            : (spec.Tie.Parent, spec.Tie.ParentKey, spec.Tie.Child, spec.Tie.ChildKey);
        var value = $"(SELECT {Linked}.{_quote(spec.New)} FROM {from.Quoted()} AS {Linked} WHERE {On(keys, own.Name, others)} LOCK IN SHARE MODE)";
        return spec.Left is { } left ? $"COALESCE({value}, {left})" : value;
    }

    public IReadOnlyList<string> Statements(MoveSpec spec, IReadOnlyList<string> key, bool last)
    {
        List<string> looks = [];
        if (spec.Marks && !last)
        {
            looks.Add(List(spec, key, StandsForNone(spec), $"of {spec.OldTable} hold what stands for no {spec.Old}; say another with --fill"));
        }
        if (spec.NeedsPlace(last))
        {
            looks.Add(List(spec, key, Placeless(spec, spec.OldTable.Name), $"of {spec.OldTable} have {spec.Old} and no row in {spec.NewTable} to take it"));
        }
        return looks;
    }

    public string StandsForNone(MoveSpec spec) => $"NOT {Differ(_quote(spec.Old), spec.Left!)}";

    /// <param name="row">What a row of the old table is called.</param>
    public string Placeless(MoveSpec spec, string row)
    {
        var value = _quote(spec.Old);
        var left = spec is { ToChild: true, Left: { } known } ? $" AND {Differ(value, known)}" : "";
        var placeless = spec.ToChild ? $"NOT EXISTS ({Children(spec, row)})" : $"({string.Join(" OR ", spec.Tie.ChildKey.Select(column => $"{_quote(column)} IS NULL"))})";
        return $"{value} IS NOT NULL{left} AND {placeless}";
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

    private string Children(MoveSpec spec, string row) => $"SELECT 1 FROM {spec.Tie.Child.Quoted()} AS {Linked} WHERE {On(spec.Tie.ChildKey, row, spec.Tie.ParentKey)}";

    private string On(IReadOnlyList<string> columns, string row, IReadOnlyList<string> others) =>
        string.Join(" AND ", columns.Zip(others, (column, other) => $"{Linked}.{_quote(column)} = {_quote(row)}.{_quote(other)}"));

    private static string Differ(string one, string other) => MySqlTriggers.Differ(one, other, byImage: null);
}
