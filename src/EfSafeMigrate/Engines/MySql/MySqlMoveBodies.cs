using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines.MySql;

/// <summary>What the triggers of a move do: whoever writes one place writes the other, and an equal value changes nothing.</summary>
/// <param name="count">Counts a write of the old release.</param>
/// <param name="moving">The variable that holds the statement's time while a trigger writes the other table.</param>
internal sealed class MySqlMoveBodies(MoveSpec spec, string count, string moving)
{
    private const string Left = "@safe_migrate_left";

    private readonly Func<string, string> _quote = MySqlQuestions.Quote;

    private Tie Tie => spec.Tie;

    private string ParentTable => spec.Tie.Parent.Quoted();

    private string ChildTable => spec.Tie.Child.Quoted();

    private string InParent => _quote(spec.ParentColumn);

    private string InChild => _quote(spec.ChildColumn);

    private string Outside => $"NOT ({moving} <=> NOW(6))";

    public IReadOnlyList<(string Event, IReadOnlyList<string> Lines)> Parent() => spec.ToChild
        ? [("BEFORE INSERT", OldInserted()), ("AFTER INSERT", Made()), ("BEFORE UPDATE", OldUpdated()), ("AFTER UPDATE", Pushed())]
        : [("BEFORE INSERT", Given()), ("BEFORE UPDATE", [.. Healed(), .. Given()]), ("AFTER UPDATE", If($"{Outside} AND {Changed(InParent)}", Entering(ToChildren(InParent))))];

    public IReadOnlyList<(string Event, IReadOnlyList<string> Lines)> Child() => spec.Makes is not null
        ?
        [
            ("BEFORE INSERT", If(Outside, Locked())), ("AFTER INSERT", If(Outside, Entering(ToParent()))), ("AFTER UPDATE", Updated()),
            // Only the new release knows a table that was made for the value: what it deletes is gone in both places.
            ("AFTER DELETE", If(Outside, Entering(Emptied()))),
        ]
        : [("BEFORE INSERT", Inserted()), ("AFTER INSERT", If(Outside, Entering(ToParent()))), ("BEFORE UPDATE", Linked()), ("AFTER UPDATE", Updated())];

    private IReadOnlyList<string> OldInserted() =>
    [
        .. Marks ? [$"SET {Left} = NEW.{InParent} IS NULL;"] : Array.Empty<string>(),
        .. If($"NEW.{InParent} IS NOT NULL", [count]),
        .. spec.Left is { } left ? If($"NEW.{InParent} IS NULL", [$"SET NEW.{InParent} = {left};"]) : [],
    ];

    private IReadOnlyList<string> Made() => spec.Makes is null ? [] : If($"NEW.{InParent} IS NOT NULL{(Marks ? $" AND NOT {Left}" : "")}", Entering(Making()));

    private IReadOnlyList<string> OldUpdated() => If($"{Outside} AND {Changed(InParent)}", [count]);

    private IReadOnlyList<string> Pushed()
    {
        var child = $"SELECT 1 FROM {ChildTable} WHERE {On(Tie.ChildKey, "NEW", Tie.ParentKey)}";
        var differs = MySqlTriggers.Differ(InChild, $"NEW.{InParent}", byImage: null);
        var apart = spec.Makes is null ? $"EXISTS ({child} AND {differs})"
            : $"(NEW.{InParent} IS NOT NULL{(spec.Left is { } left ? $" AND {MySqlTriggers.Differ($"NEW.{InParent}", left, byImage: null)}" : "")} AND NOT EXISTS ({child} AND NOT {differs}))";
        IReadOnlyList<string> empties = spec.TakesAway ? [$"DELETE FROM {ChildTable} WHERE {On(Tie.ChildKey, "NEW", Tie.ParentKey)};"] : ToChildren(InParent);
        IReadOnlyList<string> writes = spec.Makes is null ? ToChildren(InParent)
            : [$"IF NEW.{InParent} IS NULL THEN", .. Indented(empties), "ELSE", .. Indented(Making()), "END IF;"];
        return If($"{Outside} AND ({Changed(InParent)} OR {apart})", Entering(writes));
    }

    /// <summary>A row that has no value yet gets its child's: that was there before the triggers.</summary>
    private IReadOnlyList<string> Healed() =>
        If(
            $"{Outside} AND NOT {Changed(InParent)} AND (NEW.{InParent} IS NULL{(spec.Given is { } given ? $" OR NOT {MySqlTriggers.Differ($"NEW.{InParent}", given, byImage: null)}" : "")})",
            [$"SET NEW.{InParent} = COALESCE((SELECT {InChild} FROM {ChildTable} WHERE {On(Tie.ChildKey, "NEW", Tie.ParentKey)} LOCK IN SHARE MODE), NEW.{InParent});"]);

    private IReadOnlyList<string> Given() => spec.Given is { } given ? If($"NEW.{InParent} IS NULL", [$"SET NEW.{InParent} = {given};"]) : [];

    private IReadOnlyList<string> Inserted() =>
    [
        .. spec.ToChild ? [] : If($"{Outside} AND NEW.{InChild} IS NOT NULL", [count]),
        .. If(Outside, [.. Locked(), .. If($"NEW.{InChild} IS NULL", [$"SET NEW.{InChild} = {Held};"])]),
        .. spec is { ToChild: false, Left: { } left } ? If($"NEW.{InChild} IS NULL", [$"SET NEW.{InChild} = {left};"]) : [],
    ];

    /// <summary>A row that comes to another one takes its value, unless that has none or the statement writes one.</summary>
    private IReadOnlyList<string> Linked() =>
    [
        .. If($"{Outside} AND {Moved} AND NOT {Changed(InChild)}", [$"SET NEW.{InChild} = COALESCE({Held}, NEW.{InChild});"]),
        .. spec.ToChild ? [] : If($"{Outside} AND {Changed(InChild)}", [count]),
    ];

    private IReadOnlyList<string> Updated() =>
        If($"{Outside} AND ({Changed(InChild)} OR {Moved})", Entering([.. spec.Makes is null ? [] : If(Moved, Emptied()), .. ToParent()]));

    private string Held => $"(SELECT {InParent} FROM {ParentTable} WHERE {On(Tie.ParentKey, "NEW", Tie.ChildKey)} FOR UPDATE)";

    private string Moved => $"({string.Join(" OR ", Tie.ChildKey.Select(Other))})";

    private string Other(string column) => $"NOT (NEW.{_quote(column)} <=> OLD.{_quote(column)})";

    private bool Marks => spec is { Makes: not null, Left: not null };

    // The row that is referred to is locked first, before the other is there.
    private IReadOnlyList<string> Locked() => [$"SET @safe_migrate_held = {Held};"];

    private IReadOnlyList<string> ToParent() => [$"UPDATE {ParentTable} SET {InParent} = NEW.{InChild} WHERE {On(Tie.ParentKey, "NEW", Tie.ChildKey)};"];

    private IReadOnlyList<string> ToChildren(string value) => [$"UPDATE {ChildTable} SET {InChild} = NEW.{value} WHERE {On(Tie.ChildKey, "NEW", Tie.ParentKey)};"];

    private IReadOnlyList<string> Emptied() => [$"UPDATE {ParentTable} SET {InParent} = {spec.Left ?? "NULL"} WHERE {On(Tie.ParentKey, "OLD", Tie.ChildKey)};"];

    private IReadOnlyList<string> Making() =>
    [
        $"INSERT INTO {ChildTable} ({string.Join(", ", spec.Makes!.Select(each => _quote(each.Column)))})",
        $"    VALUES ({string.Join(", ", spec.Makes!.Select(each => $"NEW.{_quote(each.From)}"))}) ON DUPLICATE KEY UPDATE {InChild} = NEW.{InParent};",
    ];

    private IReadOnlyList<string> Entering(IReadOnlyList<string> lines) => [$"SET {moving} = NOW(6);", .. lines, $"SET {moving} = NULL;"];

    private static IReadOnlyList<string> If(string condition, IReadOnlyList<string> lines) => [$"IF {condition} THEN", .. Indented(lines), "END IF;"];

    private static IReadOnlyList<string> Indented(IReadOnlyList<string> lines) => [.. lines.Select(line => $"    {line}")];

    private static string Changed(string column) => MySqlTriggers.Differ($"NEW.{column}", $"OLD.{column}", byImage: null);

    private string On(IReadOnlyList<string> columns, string record, IReadOnlyList<string> others) =>
        string.Join(" AND ", columns.Zip(others, (column, other) => $"{_quote(column)} = {record}.{_quote(other)}"));
}
