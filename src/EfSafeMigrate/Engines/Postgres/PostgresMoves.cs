using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines.Postgres;

/// <summary>
/// Triggers on two tables that hold one value for two releases. The parent's row is the lock of the pair: whoever writes either place holds it before
/// the other place is written. Stored images are compared, so that an equal value ends the round. They run with the rights of whoever migrates,
/// because the running release may have none to a table that it does not know.
/// </summary>
internal sealed class PostgresMoves(Func<string, string> quote)
{
    /// <summary>Set while the old column gets what stands for nothing: no release has written a value.</summary>
    private const string Mark = "'safe_migrate.left'";

    private const string Other = "safe_migrate_other";

    private readonly PostgresMoveLook look = new(quote);

    public static MoveForms Forms(Func<string, string> quote)
    {
        var moves = new PostgresMoves(quote);
        return new()
        {
            Triggers = moves.Triggers,
            Apart = moves.look.Apart,
            Back = moves.look.Back,
            Look = moves.look.Statements,
            ReachesSiblings = true,
        };
    }

    private TriggerObjects Triggers(MoveSpec spec, MoveNames names)
    {
        var counted = names.Counted == names.Parent ? spec.Tie.Parent : spec.Tie.Child;
        var count = $"PERFORM {Name(counted, names.Counted.Count)}();";
        var counter = Name(counted, names.Counted.Counter);
        var safePath = counted.Schema is null ? "FROM CURRENT" : "= pg_catalog, pg_temp";
        var (parent, child) = (Name(spec.Tie.Parent, names.Parent.Function), Name(spec.Tie.Child, names.Child.Function));
        var events = spec.Makes is null ? "INSERT OR UPDATE" : "INSERT OR UPDATE OR DELETE";
        string On(string trigger, string timing, TableName table, string function) =>
            $"CREATE TRIGGER {quote(trigger)} {timing} ON {table.Quoted(quote)} FOR EACH ROW EXECUTE FUNCTION {function}();";
        IReadOnlyList<string> path = counted.Schema is null
            ? ["SELECT set_config('search_path', (SELECT string_agg(quote_ident(name), ', ') FROM unnest(current_schemas(false)) AS name), true);"]
            : [];
        return new(
            [
                .. path,
                $"CREATE SEQUENCE {counter};",
                $"""
                CREATE FUNCTION {Name(counted, names.Counted.Count)}() RETURNS bigint
                    LANGUAGE sql SECURITY DEFINER SET search_path {safePath}
                    AS {$"SELECT pg_catalog.nextval({counter.Literal()}::pg_catalog.regclass)".Dollars("count")};
                """,
                Function(parent, Parent(spec, spec.ToChild ? count : "")),
                Function(child, Child(spec, spec.ToChild ? "" : count)),
                On(names.Parent.Trigger, "BEFORE INSERT OR UPDATE", spec.Tie.Parent, parent),
                On(Behind(names.Parent), "AFTER INSERT OR UPDATE", spec.Tie.Parent, parent),
                On(names.Child.Trigger, "BEFORE INSERT OR UPDATE", spec.Tie.Child, child),
                On(Behind(names.Child), $"AFTER {events}", spec.Tie.Child, child),
            ],
            [
                $"DROP TRIGGER {quote(names.Parent.Trigger)} ON {spec.Tie.Parent.Quoted(quote)};",
                $"DROP TRIGGER {quote(Behind(names.Parent))} ON {spec.Tie.Parent.Quoted(quote)};",
                $"DROP TRIGGER {quote(names.Child.Trigger)} ON {spec.Tie.Child.Quoted(quote)};",
                $"DROP TRIGGER {quote(Behind(names.Child))} ON {spec.Tie.Child.Quoted(quote)};",
                $"DROP FUNCTION {parent}();",
                $"DROP FUNCTION {child}();",
                $"DROP FUNCTION {Name(counted, names.Counted.Count)}();",
                $"DROP SEQUENCE {counter};",
            ]);
    }

    /// <summary>The trigger behind the row; names of one kind are free on their table.</summary>
    private static string Behind(ObjectNames names) => names.Counter;

    private string Parent(MoveSpec spec, string count)
    {
        var value = $"NEW.{quote(spec.ParentColumn)}";
        var children = $"{spec.Tie.Child.Quoted(quote)} WHERE {Linked(spec.Tie.ChildKey, "NEW", spec.Tie.ParentKey)}";
        var held = quote(spec.ChildColumn);
        return $"""
            BEGIN
                IF TG_WHEN = 'BEFORE' THEN
                    {Inserted(spec, value, count)}
                    IF TG_OP = 'UPDATE' THEN
                        IF {Differ(value, $"OLD.{quote(spec.ParentColumn)}")} THEN
                            {(spec.ToChild ? $"IF {Unmarked} AND NOT EXISTS (SELECT FROM {children} AND {Same(held, value)}) THEN {count} END IF;" : "")}
                            PERFORM 1 FROM {children} FOR NO KEY UPDATE;
                        {(spec.ToChild ? "" : Heal(spec, value, children, held))}
                        END IF;
                    END IF;
                    {(spec is { ToChild: false, Given: { } given } ? $"IF {value} IS NULL THEN {value} := {given}; END IF;" : "")}
                    RETURN NEW;
                END IF;
                IF TG_OP = 'UPDATE' THEN
                    {(spec.TakesAway ? $"IF {value} IS NULL THEN DELETE FROM {children}; END IF;" : "")}
                    UPDATE {spec.Tie.Child.Quoted(quote)} SET {held} = {value} WHERE {Linked(spec.Tie.ChildKey, "NEW", spec.Tie.ParentKey)} AND {Differ(held, value)};
                END IF;
                {Made(spec, value, children)}
                RETURN NULL;
            END
            """;
    }

    /// <summary>The old release gives a value where the new one leaves it out, unless it may be NULL anyway.</summary>
    private string Inserted(MoveSpec spec, string value, string count) => !spec.ToChild ? "" : $"""
        IF TG_OP = 'INSERT' THEN
                        PERFORM set_config({Mark}, '', true);
                        IF {value} IS NOT NULL THEN
                            {count}
                        {(spec.Left is { } left ? $"ELSE {value} := {left}; PERFORM set_config({Mark}, 'on', true);" : "")}
                        END IF;
                    END IF;
        """;

    /// <summary>A row that is written for any other reason gets its children's value: they were there before the triggers. Where they differ nobody can say which.</summary>
    private string Heal(MoveSpec spec, string value, string children, string held) => $"""
        ELSIF EXISTS (SELECT FROM {children} AND {Differ(held, value)}){(spec.Tie.Many ? $" AND (SELECT count(DISTINCT COALESCE('=' || {held}::text, '')) FROM {children}) = 1" : "")} THEN
                            {value} := (SELECT {held} FROM {children} LIMIT 1);
        """;

    private string Made(MoveSpec spec, string value, string children) => spec.Makes is not { } made ? "" : $"""
        IF {value} IS NOT NULL AND {Unmarked}
                        AND (TG_OP = 'INSERT' OR {(spec.Left is { } left ? Differ(value, left) : "true")} OR {Differ(value, $"OLD.{quote(spec.ParentColumn)}")})
                        AND NOT EXISTS (SELECT FROM {children}) THEN
                    INSERT INTO {spec.Tie.Child.Quoted(quote)} ({string.Join(", ", made.Select(each => quote(each.Column)))})
                        VALUES ({string.Join(", ", made.Select(each => $"NEW.{quote(each.From)}"))}) ON CONFLICT DO NOTHING;
                END IF;
                IF TG_OP = 'INSERT' THEN
                    PERFORM set_config({Mark}, '', true);
                END IF;
        """;

    private string Child(MoveSpec spec, string count)
    {
        var (value, held) = ($"NEW.{quote(spec.ChildColumn)}", quote(spec.ParentColumn));
        var was = $"OLD.{quote(spec.ChildColumn)}";
        var (parent, moved) = (spec.Tie.Parent.Quoted(quote), Differ(Row("NEW", spec.Tie.ChildKey), Row("OLD", spec.Tie.ChildKey)));
        var own = $"{parent} WHERE {Linked(spec.Tie.ParentKey, "NEW", spec.Tie.ChildKey)}";
        return $"""
            DECLARE
                {Other} record;
            BEGIN
                {Gone(spec, parent, held)}
                IF TG_OP = 'UPDATE' THEN
                    IF NOT ({moved}) AND NOT ({Differ(value, was)}) THEN
                        RETURN NEW;
                    END IF;
                END IF;
                IF TG_WHEN = 'BEFORE' THEN
                    {(count.Length > 0 ? $"IF TG_OP = 'INSERT' AND {value} IS NOT NULL THEN {count} END IF;" : "")}
                    SELECT {held} AS held INTO {Other} FROM {own} FOR NO KEY UPDATE;
                    IF FOUND THEN
                        IF TG_OP = 'INSERT' THEN
                            {value} := COALESCE({value}, {Other}.held);
                        ELSIF NOT ({Differ(value, was)}) THEN
                            {(spec.Makes is null ? $"{value} := COALESCE({Other}.held, {value});" : "NULL;")}
                        {(count.Length > 0 ? $"ELSIF {Differ(value, $"{Other}.held")} THEN {count}" : "")}
                        END IF;
                    END IF;
                    {(spec is { ToChild: false, Left: { } left } ? $"IF {value} IS NULL THEN {value} := {left}; END IF;" : "")}
                    RETURN NEW;
                END IF;
                {(spec.Makes is null ? "" : $"IF TG_OP = 'UPDATE' THEN IF {moved} THEN {Emptied(spec, parent, held)} END IF; END IF;")}
                UPDATE {parent} SET {held} = {value} WHERE {Linked(spec.Tie.ParentKey, "NEW", spec.Tie.ChildKey)} AND {Differ(held, value)};
                RETURN NULL;
            END
            """;
    }

    /// <summary>Only the new release knows a table that was made for the value: what it deletes is gone in both places.</summary>
    private string Gone(MoveSpec spec, string parent, string held) => spec.Makes is null ? "" : $"""
        IF TG_OP = 'DELETE' THEN
                    {Emptied(spec, parent, held)}
                    RETURN NULL;
                END IF;
        """;

    private string Emptied(MoveSpec spec, string parent, string held)
    {
        var empty = spec.Left ?? "NULL";
        return $"""
            PERFORM set_config({Mark}, 'on', true);
                    UPDATE {parent} SET {held} = {empty} WHERE {Linked(spec.Tie.ParentKey, "OLD", spec.Tie.ChildKey)} AND {(spec.Left is null ? $"{held} IS NOT NULL" : Differ(held, empty))};
                    PERFORM set_config({Mark}, '', true);
            """;
    }

    private static string Unmarked => $"COALESCE(current_setting({Mark}, true), '') = ''";

    private string Linked(IReadOnlyList<string> columns, string record, IReadOnlyList<string> others) =>
        string.Join(" AND ", columns.Zip(others, (column, other) => $"{quote(column)} = {record}.{quote(other)}"));

    private string Row(string record, IEnumerable<string> columns) => string.Join(", ", columns.Select(column => $"{record}.{quote(column)}"));

    private static string Differ(string one, string other) => $"ROW({one})::record *<> ROW({other})::record";

    private static string Same(string one, string other) => $"ROW({one})::record *= ROW({other})::record";

    private static string Function(string name, string body) => $"""
        CREATE FUNCTION {name}() RETURNS trigger
            LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT
            AS {$"\n#variable_conflict use_column\n{body}\n".Dollars("body")};
        """;

    private string Name(TableName table, string name) => new TableName(table.Schema, name).Quoted(quote);
}
