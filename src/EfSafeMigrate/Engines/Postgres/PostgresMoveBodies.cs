using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines.Postgres;

/// <summary>
/// What the triggers of a move do. The parent's row is the lock of the pair: whoever writes either place holds it before the other place is written.
/// Stored images are compared, so that an equal value ends the round.
/// </summary>
/// <param name="count">Counts a write of the old release.</param>
/// <param name="mark">The setting that is on while the old column gets what stands for no value: no release has written one.</param>
internal sealed class PostgresMoveBodies(Func<string, string> quote, MoveSpec spec, string count, string mark)
{
    private const string Other = "safe_migrate_other";

    private Tie Tie => spec.Tie;

    private string Children => $"{spec.Tie.Child.Quoted(quote)} WHERE {Linked(quote, spec.Tie.ChildKey, "NEW", spec.Tie.ParentKey)}";

    private string ParentTable => spec.Tie.Parent.Quoted(quote);

    private string InParent => quote(spec.ParentColumn);

    private string InChild => quote(spec.ChildColumn);

    private string Unmarked => spec.Makes is null ? "" : $"COALESCE(current_setting({mark}, true), '') = '' AND ";

    private string Changed => Differ($"NEW.{InParent}", $"OLD.{InParent}");

    public string Parent() => Text(
    [
        "BEGIN",
        "    IF TG_WHEN = 'BEFORE' THEN",
        .. spec.ToChild ? OldParent() : NewParent(),
        "        RETURN NEW;",
        "    END IF;",
        "    IF TG_OP = 'UPDATE' THEN",
        // Another trigger writes another column of the row; this one's comes in its turn.
        $"        IF pg_trigger_depth() > 1 AND NOT ({Changed}) THEN",
        "            RETURN NULL;",
        "        END IF;",
        .. When(spec.TakesAway, $"        IF NEW.{InParent} IS NULL THEN", $"            DELETE FROM {Children};", "        END IF;"),
        $"        UPDATE {Tie.Child.Quoted(quote)} SET {InChild} = NEW.{InParent} WHERE {Linked(quote, Tie.ChildKey, "NEW", Tie.ParentKey)} AND {Differ(InChild, $"NEW.{InParent}")};",
        "    END IF;",
        .. Made(),
        "    RETURN NULL;",
        "END",
    ]);

    /// <summary>The old release gives a value where the new one leaves it out, unless it may be NULL anyway.</summary>
    private IEnumerable<string> OldParent() =>
    [
        "        IF TG_OP = 'INSERT' THEN",
        .. When(spec.Makes is not null, $"            PERFORM set_config({mark}, '', true);"),
        $"            IF NEW.{InParent} IS NOT NULL THEN",
        $"                {count}",
        .. When(spec.Left is not null, "            ELSE", $"                NEW.{InParent} := {spec.Left};"),
        .. When(spec.Left is not null && spec.Makes is not null, $"                PERFORM set_config({mark}, 'on', true);"),
        "            END IF;",
        $"        ELSIF {Changed} THEN",
        $"            IF {Unmarked}NOT EXISTS (SELECT FROM {Children} AND NOT ({Differ(InChild, $"NEW.{InParent}")})) THEN",
        $"                {count}",
        "            END IF;",
        $"            PERFORM 1 FROM {Children} FOR NO KEY UPDATE;",
        "        END IF;",
    ];

    /// <summary>A row that is written for any other reason gets its children's value: they were there before the triggers. Where they differ nobody can say which.</summary>
    private IEnumerable<string> NewParent() =>
    [
        "        IF TG_OP = 'UPDATE' THEN",
        $"            IF {Changed} THEN",
        $"                PERFORM 1 FROM {Children} FOR NO KEY UPDATE;",
        $"            ELSIF pg_trigger_depth() = 1 AND EXISTS (SELECT FROM {Children} AND {Differ(InChild, $"NEW.{InParent}")}){Agreed} THEN",
        $"                NEW.{InParent} := (SELECT {InChild} FROM {Children} LIMIT 1);",
        "            END IF;",
        "        END IF;",
        .. When(spec.Given is not null, $"        IF NEW.{InParent} IS NULL THEN", $"            NEW.{InParent} := {spec.Given};", "        END IF;"),
    ];

    private string Agreed => Tie.Many ? $" AND (SELECT count(DISTINCT COALESCE('=' || {InChild}::text, '')) FROM {Children}) = 1" : "";

    private IEnumerable<string> Made() => spec.Makes is not { } made ? [] :
    [
        $"    IF {Unmarked}NEW.{InParent} IS NOT NULL",
        .. When(spec.Left is not null, $"            AND (TG_OP = 'INSERT' OR {Differ($"NEW.{InParent}", spec.Left ?? "")} OR {Changed})"),
        $"            AND NOT EXISTS (SELECT FROM {Children}) THEN",
        $"        INSERT INTO {Tie.Child.Quoted(quote)} ({string.Join(", ", made.Select(each => quote(each.Column)))})",
        $"            VALUES ({string.Join(", ", made.Select(each => $"NEW.{quote(each.From)}"))}) ON CONFLICT DO NOTHING;",
        "    END IF;",
        .. When(spec.Left is not null, "    IF TG_OP = 'INSERT' THEN", $"        PERFORM set_config({mark}, '', true);", "    END IF;"),
    ];

    public string Child()
    {
        var moved = Differ(Row("NEW"), Row("OLD"));
        var written = Differ($"NEW.{InChild}", $"OLD.{InChild}");
        var own = Linked(quote, Tie.ParentKey, "NEW", Tie.ChildKey);
        return Text(
        [
            .. When(spec.Makes is null, "DECLARE", $"    {Other} record;"),
            "BEGIN",
            // Only the new release knows a table that was made for the value: what it deletes is gone in both places.
            .. When(spec.Makes is not null, ["    IF TG_OP = 'DELETE' THEN", .. Emptied("        "), "        RETURN NULL;", "    END IF;"]),
            "    IF TG_OP = 'UPDATE' THEN",
            $"        IF NOT ({moved}) AND NOT ({written}) THEN",
            "            RETURN NEW;",
            "        END IF;",
            "    END IF;",
            "    IF TG_WHEN = 'BEFORE' THEN",
            .. When(!spec.ToChild, $"        IF TG_OP = 'INSERT' AND NEW.{InChild} IS NOT NULL THEN", $"            {count}", "        END IF;"),
            // What is left out in a table that only the new release writes is left out on purpose.
            .. spec.Makes is not null ? [$"        PERFORM 1 FROM {ParentTable} WHERE {own} FOR NO KEY UPDATE;"] : Taken(own, written),
            .. When(spec is { ToChild: false, Left: not null }, $"        IF NEW.{InChild} IS NULL THEN", $"            NEW.{InChild} := {spec.Left};", "        END IF;"),
            "        RETURN NEW;",
            "    END IF;",
            .. When(spec.Makes is not null, ["    IF TG_OP = 'UPDATE' THEN", $"        IF {moved} THEN", .. Emptied("            "), "        END IF;", "    END IF;"]),
            $"    UPDATE {ParentTable} SET {InParent} = NEW.{InChild} WHERE {own} AND {Differ(InParent, $"NEW.{InChild}")};",
            "    RETURN NULL;",
            "END",
        ]);
    }

    /// <summary>A row without a value, or that comes to another row, takes that one's.</summary>
    private IEnumerable<string> Taken(string own, string written) =>
    [
        $"        SELECT {InParent} AS held INTO {Other} FROM {ParentTable} WHERE {own} FOR NO KEY UPDATE;",
        "        IF FOUND THEN",
        "            IF TG_OP = 'INSERT' THEN",
        $"                NEW.{InChild} := COALESCE(NEW.{InChild}, {Other}.held);",
        $"            ELSIF NOT ({written}) THEN",
        $"                NEW.{InChild} := COALESCE({Other}.held, NEW.{InChild});",
        .. When(!spec.ToChild, $"            ELSIF {Differ($"NEW.{InChild}", $"{Other}.held")} THEN", $"                {count}"),
        "            END IF;",
        "        END IF;",
    ];

    private IEnumerable<string> Emptied(string indent)
    {
        var empty = spec.Left ?? "NULL";
        var differs = spec.Left is null ? $"{InParent} IS NOT NULL" : Differ(InParent, empty);
        return
        [
            $"{indent}PERFORM set_config({mark}, 'on', true);",
            $"{indent}UPDATE {ParentTable} SET {InParent} = {empty} WHERE {Linked(quote, Tie.ParentKey, "OLD", Tie.ChildKey)} AND {differs};",
            $"{indent}PERFORM set_config({mark}, '', true);",
        ];
    }

    private static string Text(IEnumerable<string> lines) => string.Join('\n', lines);

    private static IEnumerable<string> When(bool condition, params IEnumerable<string> lines) => condition ? lines : [];

    private static string Linked(Func<string, string> quote, IReadOnlyList<string> columns, string record, IReadOnlyList<string> others) =>
        string.Join(" AND ", columns.Zip(others, (column, other) => $"{quote(column)} = {record}.{quote(other)}"));

    private string Row(string record) => string.Join(", ", Tie.ChildKey.Select(column => $"{record}.{quote(column)}"));

    // The casts keep the comparison one of records: two plain rows would be compared with the fields' own operators.
    private static string Differ(string one, string other) => $"ROW({one})::record *<> ROW({other})::record";
}
