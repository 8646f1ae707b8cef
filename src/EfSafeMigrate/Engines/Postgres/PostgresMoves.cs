using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines.Postgres;

/// <summary>
/// Triggers on two tables that hold one value for two releases. They run with the rights of whoever migrates, because the running release may have
/// none to a table that it does not know.
/// </summary>
internal sealed class PostgresMoves(Func<string, string> quote)
{
    /// <summary>A name ends in a hash of its own.</summary>
    private const int HashLength = 8;

    public static MoveForms Forms(Func<string, string> quote)
    {
        var moves = new PostgresMoves(quote);
        var look = new PostgresMoveLook(quote);
        return new()
        {
            Triggers = (spec, names) => [moves.Triggers(spec, names)],
            Apart = look.Apart,
            Back = look.Back,
            Look = look.Statements,
            Placeless = look.Placeless,
            StandsForNone = look.StandsForNone,
            Differing = look.Differing,
            ReachesSiblings = true,
            RowVersion = "xmin",
        };
    }

    private TriggerObjects Triggers(MoveSpec spec, MoveNames names)
    {
        var counted = spec.OldTable;
        var (count, counter) = (Name(counted, names.Counted.Count), Name(counted, names.Counted.Counter));
        var safePath = counted.Schema is null ? "FROM CURRENT" : "= pg_catalog, pg_temp";
        var (parent, child) = (Name(spec.Tie.Parent, names.Parent.Function), Name(spec.Tie.Child, names.Child.Function));
        var bodies = new PostgresMoveBodies(quote, spec, $"PERFORM {count}();", $"'safe_migrate.left_{names.Parent.Function[^HashLength..]}'");
        // What "$user" stands for differs from role to role.
        IReadOnlyList<string> path = counted.Schema is null
            ? ["SELECT set_config('search_path', (SELECT string_agg(quote_ident(name), ', ') FROM unnest(current_schemas(false)) AS name), true);"]
            : [];
        return new(
            [
                .. path,
                $"CREATE SEQUENCE {counter};",
                $"""
                CREATE FUNCTION {count}() RETURNS bigint
                    LANGUAGE sql SECURITY DEFINER SET search_path {safePath}
                    AS {$"SELECT pg_catalog.nextval({counter.Literal()}::pg_catalog.regclass)".Dollars("count")};
                """,
                Function(parent, bodies.Parent()),
                Function(child, bodies.Child()),
                Trigger(names.Parent.Trigger, "BEFORE INSERT OR UPDATE", spec.Tie.Parent, parent),
                Trigger(Behind(names.Parent), "AFTER INSERT OR UPDATE", spec.Tie.Parent, parent),
                Trigger(names.Child.Trigger, "BEFORE INSERT OR UPDATE", spec.Tie.Child, child),
                Trigger(Behind(names.Child), spec.Makes is null ? "AFTER INSERT OR UPDATE" : "AFTER INSERT OR UPDATE OR DELETE", spec.Tie.Child, child),
            ],
            [
                Gone(names.Parent.Trigger, spec.Tie.Parent), Gone(Behind(names.Parent), spec.Tie.Parent),
                Gone(names.Child.Trigger, spec.Tie.Child), Gone(Behind(names.Child), spec.Tie.Child),
                $"DROP FUNCTION {parent}();", $"DROP FUNCTION {child}();", $"DROP FUNCTION {count}();", $"DROP SEQUENCE {counter};",
            ]);
    }

    /// <summary>The name of the trigger that fires when the row is written: relations and triggers have names of their own.</summary>
    private static string Behind(ObjectNames names) => names.Counter;

    private string Trigger(string name, string timing, TableName table, string function) =>
        $"CREATE TRIGGER {quote(name)} {timing} ON {table.Quoted(quote)} FOR EACH ROW EXECUTE FUNCTION {function}();";

    private string Gone(string trigger, TableName table) => $"DROP TRIGGER {quote(trigger)} ON {table.Quoted(quote)};";

    // A session plans a trigger's statements once, and would go on reading a table from end to end that had one page then. Where no index is of use,
    // the price of the scan that is off would have every statement compiled.
    private static string Function(string name, string body) => $"""
        CREATE FUNCTION {name}() RETURNS trigger
            LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT
            SET enable_seqscan = off SET jit = off SET plan_cache_mode = force_generic_plan
            AS {$"\n#variable_conflict use_column\n{body}\n".Dollars("body")};
        """;

    private string Name(TableName table, string name) => new TableName(table.Schema, name).Quoted(quote);
}
