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
        var (olds, news) = (spec.Old, spec.New);
        var count = Count(spec.Table, names);
        string Value(SyncedColumn column, string row = "NEW")
        {
            var from = olds.Contains(column) ? news : olds;
            return from.Any(each => _quote(each.Name) == column.Sql) ? $"{row}.{column.Sql}" : OfRow(spec.Table, spec.Row, column.Sql, row);
        }
        string Of(string row, SyncedColumn column) => $"{row}.{_quote(column.Name)}";
        string Set(IEnumerable<SyncedColumn> side, string indent) => string.Join($"\n{indent}", side.Select(column => $"SET {Of("NEW", column)} = {Value(column)};"));
        string Empty(IEnumerable<SyncedColumn> side) => string.Join(" AND ", side.Select(column => $"{Of("NEW", column)} IS NULL"));
        string Astray(IReadOnlyList<SyncedColumn> side, string row = "NEW") => Any([.. side.Select(column => Differ(Value(column, row), Of(row, column), column.ByImage))]);
        string Changed(IReadOnlyList<SyncedColumn> side) => Any([.. side.Select(column => Differ(Of("NEW", column), Of("OLD", column), column.ByImage))]);
        var written = Changed(news) + (spec.NewHolds ? $" OR NOT ({Changed(olds)})" : "");
        // A row that is not filled yet may get a side piece by piece: what a statement leaves out is made of the other side, not lost.
        string Completed(IReadOnlyList<SyncedColumn> side, string then) => side.Count == 1 || (side == olds) != spec.NewHolds ? then : $"""
            IF {Astray(news, "OLD")} AND {Astray(olds, "OLD")} THEN
                            {string.Join("\n                ", side.Select(column => $"IF NOT ({Changed([column])}) THEN SET {Of("NEW", column)} = {Value(column)}; END IF;"))}
                        END IF;
                        IF {Astray(side)} THEN
                            {then}
                        END IF;
            """;
        var followed = $"IF {Changed(olds)} THEN\n                {count}\n            END IF;\n            {Set(news, "            ")}";
        var given = string.Concat(news.Where(column => column.Given is not null).Select(column => $"""
                IF {Empty(olds)} AND {Empty(news)} THEN
                    SET {Of("NEW", column)} = {column.Given};
                END IF;

            """));
        var needed = string.Concat(olds.Where(column => column.Needed).Select(column => $"""

                    IF {Of("NEW", column)} IS NULL THEN
                        SET {Of("NEW", column)} = {Value(column)};
                    END IF;
            """));
        return Objects(spec.Table, names,
            (names.Trigger, Insert, $"""
            {given}    IF {Empty(news)} THEN
                    IF {string.Join(" OR ", news.Select(column => $"{Value(column)} IS NOT NULL"))} THEN
                        {count}
                    END IF;
                    {Set(news, "        ")}{needed}
                ELSEIF {Astray(news)} THEN
                    {Set(olds, "        ")}
                END IF;
            """),
            (names.Function, Update, $"""
                IF {Astray(news)} AND {Astray(olds)} THEN
                    IF {written} THEN
                        {Completed(news, Set(olds, "            "))}
                    ELSE
                        {Completed(olds, followed)}
                    END IF;
                END IF;
            """));
    }

    private static string Any(IReadOnlyList<string> conditions) => conditions is [var only] ? only : $"({string.Join(" OR ", conditions)})";

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

    /// <summary>Gives the shadow its value in every row that is written; one way only, and nothing is counted.</summary>
    public TriggerObjects Follow(ShadowSpec spec, string image, ObjectNames names)
    {
        var body = $"    SET NEW.{_quote(spec.Shadow)} = {image};";
        return Uncounted(spec.Table, (names.Trigger, Insert, body), (names.Function, Update, body));
    }

    /// <summary>Refuses the rows for which the condition holds.</summary>
    public static TriggerObjects Refuse(TableName table, string condition, string message, ObjectNames names)
    {
        var body = $"""
                IF {condition} THEN
                    SIGNAL SQLSTATE '22003' SET MESSAGE_TEXT = {MySqlRoutine.Message(message)};
                END IF;
            """;
        return Uncounted(table, (names.Trigger, Insert, body), (names.Function, Update, body));
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
        var (counter, made) = (Name(table, names.Counter), Uncounted(table, [.. triggers]));
        return new(
            [
                $"CREATE TABLE IF NOT EXISTS {counter} (`connection` bigint unsigned NOT NULL PRIMARY KEY, `writes` bigint unsigned NOT NULL) ENGINE = InnoDB;",
                .. made.Create,
            ],
            [.. made.Drop, $"DROP TABLE IF EXISTS {counter};"]);
    }

    private static TriggerObjects Uncounted(TableName table, params IReadOnlyList<(string Name, string Event, string Body)> triggers) => new(
        [
            MySqlRoutine.Strictly(string.Join('\n', triggers.Select(trigger => $"""
                DROP TRIGGER IF EXISTS {Name(table, trigger.Name)};
                CREATE TRIGGER {Name(table, trigger.Name)} {trigger.Event} ON {table.Quoted()} FOR EACH ROW
                BEGIN
                {trigger.Body}
                END;
                """))),
        ],
        // Each drop commits: without the one for inserts, an update would spread what an insert left out.
        [.. triggers.Reverse().Select(trigger => $"DROP TRIGGER IF EXISTS {Name(table, trigger.Name)};")]);

    public static string Count(TableName table, ObjectNames names) =>
        $"INSERT INTO {Name(table, names.Counter)} VALUES (CONNECTION_ID(), 1) ON DUPLICATE KEY UPDATE `writes` = `writes` + 1;";

    /// <summary>
    /// The row stands as a table of its own, so that the SQL may name its columns as it does in an UPDATE. MariaDB 10.11 crashes on a long text that is
    /// named there as it is: for its default, which it looks up in a row that is gone by then.
    /// </summary>
    private string OfRow(TableName table, IReadOnlyList<string> columns, string sql, string row = "NEW")
    {
        var named = columns.Where(column => sql.Mentions(column)).Select(column => $"COALESCE({row}.{_quote(column)}) AS {_quote(column)}").ToList();
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
