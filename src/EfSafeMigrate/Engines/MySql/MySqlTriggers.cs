using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines.MySql;

/// <summary>
/// Triggers that let two releases share a table: one for each event. Texts are compared as they are stored, because <c>=</c> takes 'Bob' and 'bob' for
/// the same and would lose the change. Writes are counted in a row for each connection, which no other connection ever waits for.
/// </summary>
internal sealed class MySqlTriggers
{
    private const string Insert = "BEFORE INSERT";
    private const string Update = "BEFORE UPDATE";

    private readonly Func<string, string> _quote = MySqlQuestions.Quote;

    public TriggerObjects Sync(SyncSpec spec, ObjectNames names)
    {
        var (old, fresh) = ($"NEW.{_quote(spec.Old)}", $"NEW.{_quote(spec.New)}");
        var up = spec.Up == "{old}" ? old : OfRow(spec.Table, spec.Row, spec.Up.Replace("{old}", _quote(spec.Old), StringComparison.Ordinal));
        var down = spec.Down.Replace("{new}", fresh, StringComparison.Ordinal);
        var count = Count(spec.Table, names);
        string Differ(string one, string other) => MySqlTriggers.Differ(one, other, spec.ByImage);
        var written = Differ(fresh, $"OLD.{_quote(spec.New)}") + (spec.NewHolds ? $" OR NOT ({Differ(old, $"OLD.{_quote(spec.Old)}")})" : "");
        var given = spec.Given is not { } value ? "" : $"""
                IF {old} IS NULL AND {fresh} IS NULL THEN
                    SET {fresh} = {value};
                END IF;

            """;
        return Objects(spec.Table, names,
            (names.Trigger, Insert, $"""
            {given}    IF {fresh} IS NULL THEN
                    IF {up} IS NOT NULL THEN
                        {count}
                    END IF;
                    SET {fresh} = {up};
                ELSEIF {Differ(up, fresh)} THEN
                    SET {old} = {down};
                END IF;
            """),
            (names.Function, Update, $"""
                IF {Differ(up, fresh)} AND {Differ(down, old)} THEN
                    IF {written} THEN
                        SET {old} = {down};
                    ELSE
                        IF {Differ(old, $"OLD.{_quote(spec.Old)}")} THEN
                            {count}
                        END IF;
                        SET {fresh} = {up};
                    END IF;
                END IF;
            """));
    }

    public TriggerObjects FillNulls(Table table, string column, string sql, ObjectNames names)
    {
        var name = $"NEW.{_quote(column)}";
        var body = $"""
                IF {name} IS NULL THEN
                    SET {name} = {OfRow(table.Name, [.. table.Columns.Select(each => each.Name)], sql)};
                    {Count(table.Name, names)}
                END IF;
            """;
        return Objects(table.Name, names, (names.Trigger, Insert, body), (names.Function, Update, body));
    }

    public TriggerObjects CountWrites(TableName table, string column, string? given, ObjectNames names)
    {
        var name = _quote(column);
        return Objects(table, names,
            (names.Trigger, Insert, Counted($"NOT (NEW.{name} <=> {given ?? "NULL"})")),
            (names.Function, Update, Counted(Differ($"NEW.{name}", $"OLD.{name}", byImage: null))));

        string Counted(string condition) => $"""
                IF {condition} THEN
                    {Count(table, names)}
                END IF;
            """;
    }

    /// <summary>There is no trigger for a statement: rows are counted.</summary>
    public static TriggerObjects CountStatements(TableName table, ObjectNames names)
    {
        var body = $"    {Count(table, names)}";
        return Objects(table, names, (names.Trigger, "AFTER INSERT", body), (names.Function, "AFTER UPDATE", body), (names.Count, "AFTER DELETE", body));
    }

    /// <summary>A trigger runs with the rights of whoever made it, so that the application needs none to the counter.</summary>
    private static TriggerObjects Objects(TableName table, ObjectNames names, params IReadOnlyList<(string Name, string Event, string Body)> triggers)
    {
        var counter = Name(table, names.Counter);
        return new(
            [
                $"CREATE TABLE IF NOT EXISTS {counter} (`connection` bigint unsigned NOT NULL PRIMARY KEY, `writes` bigint unsigned NOT NULL) ENGINE = InnoDB;",
                MySqlRoutine.Strictly(string.Join('\n', triggers.Select(trigger => $"""
                    DROP TRIGGER IF EXISTS {Name(table, trigger.Name)};
                    CREATE TRIGGER {Name(table, trigger.Name)} {trigger.Event} ON {table.Quoted()} FOR EACH ROW
                    BEGIN
                    {trigger.Body}
                    END;
                    """))),
            ],
            [
                // Each drop commits: without the one for inserts, an update would spread what an insert left out.
                .. triggers.Reverse().Select(trigger => $"DROP TRIGGER IF EXISTS {Name(table, trigger.Name)};"),
                $"DROP TABLE IF EXISTS {counter};",
            ]);
    }

    public static string Count(TableName table, ObjectNames names) =>
        $"INSERT INTO {Name(table, names.Counter)} VALUES (CONNECTION_ID(), 1) ON DUPLICATE KEY UPDATE `writes` = `writes` + 1;";

    /// <summary>The row stands as a table of its own, so that the SQL may name its columns as it does in an UPDATE.</summary>
    private string OfRow(TableName table, IReadOnlyList<string> columns, string sql)
    {
        var named = columns.Where(column => sql.Mentions(column)).Select(column => $"NEW.{_quote(column)} AS {_quote(column)}").ToList();
        return named.Count == 0 ? sql : $"(SELECT ({sql}) FROM (SELECT {string.Join(", ", named)}) AS {_quote(table.Name)})";
    }

    /// <param name="byImage">Null when nobody knows whether equal values are stored the same.</param>
    public static string Differ(string one, string other, bool? byImage) => byImage switch
    {
        true => $"NOT ({MySqlKeys.Image(one)} <=> {MySqlKeys.Image(other)})",
        false => $"NOT ({one} <=> {other})",
        null => $"(NOT ({one} <=> {other}) OR NOT (CAST({one} AS BINARY) <=> CAST({other} AS BINARY)))",
    };

    public static string Name(TableName table, string name) => new TableName(table.Schema, name).Quoted();
}
