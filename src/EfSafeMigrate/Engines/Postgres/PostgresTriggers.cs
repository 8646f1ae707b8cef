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
        var (olds, news) = (spec.Old, spec.New);
        var count = Call(spec.Table, names);
        string Made(string record, SyncedColumn column, IReadOnlyList<SyncedColumn> from, string row = "NEW") => $"{record}.{quote(column.Name)} := {Value(spec.Table, column, from, row)};";
        string Up(string indent) => Lines(indent, news.Select(column => Made("image", column, olds)));
        string Down(string record, string indent) => Lines(indent, olds.Select(column => Made(record, column, news)));
        string Taken(IEnumerable<SyncedColumn> side, string indent) => Lines(indent, side.Select(column => $"NEW.{quote(column.Name)} := image.{quote(column.Name)};"));
        var needed = string.Concat(olds.Where(column => column.Needed).Select(column => $"""

                        IF NEW.{quote(column.Name)} IS NULL THEN
                            {Made("NEW", column, news)}
                        END IF;
            """));
        return Objects(spec.Table, names, "INSERT OR UPDATE", $"""
            DECLARE
                image record;{(news.Count > 1 ? "\n    was record;" : "")}
            BEGIN{Given(spec)}{Left(spec, Down("NEW", "            "))}
                image := NEW;
                {Up("    ")}
                IF TG_OP = 'INSERT' THEN
                    IF {Empty(news)} THEN
                        IF {Row("image", news)} *<> {Row("NEW", news)} THEN
                            {count}
                        END IF;
                        {Taken(news, "            ")}{needed}
                    ELSIF {Row("image", news)} *<> {Row("NEW", news)} THEN
                        {Down("NEW", "            ")}
                    END IF;
                ELSIF {Row("image", news)} *<> {Row("NEW", news)} THEN
                    {Down("image", "        ")}
                    IF {Row("image", olds)} *<> {Row("NEW", olds)} THEN
                        IF {Row("NEW", news)} *<> {Row("OLD", news)} THEN
            {Completed(spec, Down("image", "                    "))}                {Taken(olds, "                ")}
                        ELSE
                            IF {Row("NEW", olds)} *<> {Row("OLD", olds)} THEN
                                {count}
                            END IF;
                            {Taken(news, "                ")}
                        END IF;
                    END IF;
                END IF;
                RETURN NEW;
            END
            """);
    }

    private string Given(SyncSpec spec) => string.Concat(spec.New.Where(column => column.Given is not null).Select(column => $"""

            IF TG_OP = 'INSERT' AND {Empty(spec.Old)} AND {Empty(spec.New)} THEN
                NEW.{quote(column.Name)} := {column.Given};
            END IF;
        """));

    /// <summary>What the new release leaves to the defaults is no value of the old side.</summary>
    private string Left(SyncSpec spec, string down) => spec.Old.Any(column => column.Left is null) ? "" : $"""

            IF TG_OP = 'INSERT' AND {(spec.New.Count == 1 ? $"NEW.{quote(spec.New[0].Name)} IS NOT NULL" : $"NOT ({Empty(spec.New)})")} THEN
                image := NEW;
                {Lines("        ", spec.Old.Select(column => $"image.{quote(column.Name)} := {column.Left};"))}
                IF {Row("image", spec.Old)} *= {Row("NEW", spec.Old)} THEN
                    {down}
                    RETURN NEW;
                END IF;
            END IF;
        """;

    /// <summary>A row that nobody has filled yet may get its new side piece by piece: what a statement leaves out is made of the old one, not lost.</summary>
    /// <param name="down">Makes the old side's image of the new one.</param>
    private string Completed(SyncSpec spec, string down) => spec.New.Count == 1 ? "" : $"""
                        was := OLD;
                        {Lines("                ", spec.New.Select(column => $"was.{quote(column.Name)} := {Value(spec.Table, column, spec.Old, "OLD")};"))}
                        {Lines("                ", spec.Old.Select(column => $"was.{quote(column.Name)} := {Value(spec.Table, column, spec.New, "OLD")};"))}
                        IF {Row("was", spec.New)} *<> {Row("OLD", spec.New)} AND {Row("was", spec.Old)} *<> {Row("OLD", spec.Old)} THEN
                            {Lines("                    ", spec.New.Select(column => $"IF {Row("NEW", [column])} *= {Row("OLD", [column])} THEN NEW.{quote(column.Name)} := image.{quote(column.Name)}; END IF;"))}
                            IF {Row("image", spec.New)} *= {Row("NEW", spec.New)} THEN
                                RETURN NEW;
                            END IF;
                            {down}
                        END IF;

        """;

    private string Row(string record, IReadOnlyList<SyncedColumn> side) => $"ROW({string.Join(", ", side.Select(column => $"{record}.{quote(column.Name)}"))})::record";

    private string Empty(IReadOnlyList<SyncedColumn> side) => string.Join(" AND ", side.Select(column => $"NEW.{quote(column.Name)} IS NULL"));

    private string Value(TableName table, SyncedColumn column, IReadOnlyList<SyncedColumn> from, string row) =>
        from.Any(each => quote(each.Name) == column.Sql) ? $"{row}.{column.Sql}" : OfRow(table, column.Sql, row);

    private static string Lines(string indent, IEnumerable<string> lines) => string.Join($"\n{indent}", lines);

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
    private string OfRow(TableName table, string sql, string row = "NEW") => $"(SELECT ({sql}) FROM (SELECT {row}.*) AS {quote(table.Name)})";

    private string Call(TableName table, ObjectNames names) => $"PERFORM {Name(table, names.Count)}();";

    private string Name(TableName table, string name) => new TableName(table.Schema, name).Quoted(quote);
}
