using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines.Postgres;

/// <summary>
/// Triggers that let two releases share a table. They compare the stored images of values (<c>*&lt;&gt;</c>), because <c>=</c> takes
/// 1.0 and 1.00, or 'Bob' and 'bob' in a case-insensitive column, for the same and would lose the change; and some types have no <c>=</c>.
/// </summary>
internal sealed class PostgresTriggers(Func<string, string> quote)
{
    // The casts keep the comparison one of records: two plain rows would be compared field by field, with the fields' own operators.
    public TriggerObjects Sync(SyncSpec spec, ObjectNames names)
    {
        var (old, fresh) = (quote(spec.Old), quote(spec.New));
        var up = spec.Up == "{old}" ? $"NEW.{old}" : OfRow(spec.Table, spec.Up.Replace("{old}", old, StringComparison.Ordinal));
        var down = spec.Down == "{new}" ? $"NEW.{fresh}" : OfRow(spec.Table, spec.Down.Replace("{new}", fresh, StringComparison.Ordinal));
        var count = Call(spec.Table, names);
        var given = spec.Given is not { } value ? "" : $"""

                IF TG_OP = 'INSERT' AND NEW.{old} IS NULL AND NEW.{fresh} IS NULL THEN
                    NEW.{fresh} := {value};
                END IF;
            """;
        // What the new release leaves to the default is no value of the old one.
        var left = spec.Left is not { } other ? "" : $"""

                IF TG_OP = 'INSERT' AND NEW.{fresh} IS NOT NULL THEN
                    image := NEW;
                    image.{old} := {other};
                    IF ROW(image.{old})::record *= ROW(NEW.{old})::record THEN
                        NEW.{old} := {down};
                        RETURN NEW;
                    END IF;
                END IF;
            """;
        return Objects(spec.Table, names, "INSERT OR UPDATE", $"""
            DECLARE
                image record;
            BEGIN{given}{left}
                image := NEW;
                image.{fresh} := {up};
                IF TG_OP = 'INSERT' THEN
                    IF NEW.{fresh} IS NULL THEN
                        IF ROW(image.{fresh})::record *<> ROW(NEW.{fresh})::record THEN
                            {count}
                        END IF;
                        NEW.{fresh} := image.{fresh};
                    ELSIF ROW(image.{fresh})::record *<> ROW(NEW.{fresh})::record THEN
                        NEW.{old} := {down};
                    END IF;
                ELSIF ROW(image.{fresh})::record *<> ROW(NEW.{fresh})::record THEN
                    image.{old} := {down};
                    IF ROW(image.{old})::record *<> ROW(NEW.{old})::record THEN
                        IF ROW(NEW.{fresh})::record *<> ROW(OLD.{fresh})::record THEN
                            NEW.{old} := image.{old};
                        ELSE
                            IF ROW(NEW.{old})::record *<> ROW(OLD.{old})::record THEN
                                {count}
                            END IF;
                            NEW.{fresh} := image.{fresh};
                        END IF;
                    END IF;
                END IF;
                RETURN NEW;
            END
            """);
    }

    public TriggerObjects FillNulls(Table table, string column, string sql, ObjectNames names)
    {
        var value = table.Columns.Any(each => sql.Mentions(each.Name)) ? OfRow(table.Name, sql) : sql;
        return Objects(table.Name, names, "INSERT OR UPDATE", $"""
            BEGIN
                IF NEW.{quote(column)} IS NULL THEN
                    NEW.{quote(column)} := {value};
                    {Call(table.Name, names)}
                END IF;
                RETURN NEW;
            END
            """);
    }

    public TriggerObjects Follow(IReadOnlyList<ShadowSpec> shadows, ObjectNames names) =>
        Objects(shadows[0].Table, names, "INSERT OR UPDATE", $"""
            BEGIN
            {string.Concat(shadows.Select(spec => $"    NEW.{quote(spec.Shadow)} := {PostgresShadows.Image(spec, $"NEW.{quote(spec.Column)}")};\n"))}    RETURN NEW;
            END
            """, counts: false);

    public TriggerObjects CountWrites(TableName table, string column, string? given, ObjectNames names)
    {
        var name = quote(column);
        return Objects(table, names, "INSERT OR UPDATE", $"""
            DECLARE
                image record;
            BEGIN
                image := NEW;
                IF TG_OP = 'INSERT' THEN
                    image.{name} := {given ?? "NULL"};
                ELSE
                    image.{name} := OLD.{name};
                END IF;
                IF ROW(image.{name})::record *<> ROW(NEW.{name})::record THEN
                    {Call(table, names)}
                END IF;
                RETURN NEW;
            END
            """);
    }

    public TriggerObjects CountStatements(TableName table, ObjectNames names) =>
        Objects(table, names, "INSERT OR UPDATE OR DELETE", $"""
            BEGIN
                {Call(table, names)}
                RETURN NULL;
            END
            """, rows: false);

    private TriggerObjects Objects(TableName table, ObjectNames names, string events, string body, bool rows = true, bool counts = true)
    {
        var counter = Name(table, names.Counter);
        var count = Name(table, names.Count);
        var function = Name(table, names.Function);
        // Without a schema the objects are found again as they were made. The counter belongs to whoever migrates, so the application needs no rights.
        var safePath = table.Schema is null ? "FROM CURRENT" : "= pg_catalog, pg_temp";
        var timing = rows ? $"BEFORE {events} ON {table.Quoted(quote)} FOR EACH ROW" : $"AFTER {events} ON {table.Quoted(quote)} FOR EACH STATEMENT";
        // What "$user" stands for differs from role to role.
        IReadOnlyList<string> path = table.Schema is null
            ? ["SELECT set_config('search_path', (SELECT string_agg(quote_ident(name), ', ') FROM unnest(current_schemas(false)) AS name), true);"]
            : [];
        IReadOnlyList<string> counting = counts
            ?
            [
                $"CREATE SEQUENCE {counter};",
                $"""
                CREATE FUNCTION {count}() RETURNS bigint
                    LANGUAGE sql SECURITY DEFINER SET search_path {safePath}
                    AS {$"SELECT pg_catalog.nextval({counter.Literal()}::pg_catalog.regclass)".Dollars("count")};
                """,
            ]
            : [];
        IReadOnlyList<string> uncounting = counts ? [$"DROP FUNCTION {count}();", $"DROP SEQUENCE {counter};"] : [];
        return new(
            [
                .. path,
                .. counting,
                $"""
                CREATE FUNCTION {function}() RETURNS trigger
                    LANGUAGE plpgsql SET search_path FROM CURRENT
                    AS {$"\n#variable_conflict use_column\n{body}\n".Dollars("body")};
                """,
                $"CREATE TRIGGER {quote(names.Trigger)} {timing} EXECUTE FUNCTION {function}();",
            ],
            [
                $"DROP TRIGGER {quote(names.Trigger)} ON {table.Quoted(quote)};",
                $"DROP FUNCTION {function}();",
                .. uncounting,
            ]);
    }

    /// <summary>The row stands as a table of its own, so that the SQL may name its columns as it does in an UPDATE.</summary>
    private string OfRow(TableName table, string sql) => $"(SELECT ({sql}) FROM (SELECT NEW.*) AS {quote(table.Name)})";

    private string Call(TableName table, ObjectNames names) => $"PERFORM {Name(table, names.Count)}();";

    private string Name(TableName table, string name) => new TableName(table.Schema, name).Quoted(quote);
}
