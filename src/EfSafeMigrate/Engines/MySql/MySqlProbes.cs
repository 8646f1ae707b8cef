using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines.MySql;

/// <summary>Questions to the data. Each is a plain SELECT, for which no writer waits: it reads what was there when it began.</summary>
internal static class MySqlProbes
{
    /// <param name="limits">What stops a question by itself.</param>
    /// <param name="engine">The engine that asks; its value holds these probes.</param>
    public static Probes Value(Func<TimeSpan, string> limits, Func<Engine> engine) => new()
    {
        Limits = limits,
        RowAddress = null,
        Text = expression => $"CAST({expression} AS char)",
        Joined = texts => texts is [var only] ? only : $"CONCAT({string.Join(", ', ', ", texts)})",
        IndexesFilter = false,
        End = End,
        DoNotFit = (table, old, alter, _) => MySqlFits.DoNotFit(engine(), table, old, alter),
        CannotBeMade = (table, column) => MySqlFits.CannotBeMade(engine(), table, column),
        NearOverflow = NearOverflow,
        OpenTransactions = new(OpenTransactions),
        Dependents = (table, column) => new(Dependents, table.Name, column),
    };

    /// <summary>Whole seconds, of which one is the least.</summary>
    public const int LockSeconds = 1;

    // States that mean everything and nothing come as the server's own number: 1205 is a lock that was not available, 3024 MySQL's end of time.
    private static ProbeEnd End(string? state) => state switch
    {
        "70100" or "3024" => ProbeEnd.Stopped,
        "1205" => ProbeEnd.Locked,
        ['2', '2' or '3', _, _, _] => ProbeEnd.BadData,
        _ => ProbeEnd.Failed,
    };

    private static Ask? NearOverflow(TableName table, Column key)
    {
        var type = MySqlType.Parse(key.Type);
        if (!type.IsInteger)
        {
            return null;
        }
        var (_, last) = type.Range;
        var column = MySqlQuestions.Quote(key.Name);
        return new($"""
            SELECT CONCAT(max({column}), ', ', floor(max({column}) * 100.0 / {last}), ' % of {type.Name}{(type.Unsigned ? " unsigned" : "")}')
            FROM {(table.Schema is null ? "" : $"{MySqlQuestions.Quote(table.Schema)}.")}{MySqlQuestions.Quote(table.Name)}
            HAVING max({column}) > {last} * 0.7
            """);
    }

    // The times are the server's, whatever zone the session speaks of.
    private const string OpenTransactions = """
        SELECT CONCAT('connection ', id, ', ', CASE WHEN age < 120 THEN CONCAT(age, ' s') WHEN age < 7200 THEN CONCAT(age DIV 60, ' min') ELSE CONCAT(age DIV 3600, ' h') END)
        FROM (
          SELECT p.id, timestampdiff(SECOND, t.trx_started, convert_tz(utc_timestamp(), '+00:00', 'SYSTEM')) AS age
          FROM information_schema.innodb_trx t JOIN information_schema.processlist p ON p.id = t.trx_mysql_thread_id
          WHERE p.db = database() AND p.id <> connection_id()
        ) held
        WHERE age > 5
        ORDER BY age DESC
        """;

    // The server keeps a view's text with every column behind its table's name and a dot.
    private const string Dependents = """
        SELECT CONCAT('view ', v.table_name)
        FROM information_schema.views v
        WHERE locate(CONCAT('`', REPLACE(database(), '`', '``'), '`.`', REPLACE(@p0, '`', '``'), '`'), v.view_definition) > 0
          AND (@p1 IS NULL OR locate(CONCAT('.`', REPLACE(@p1, '`', '``'), '`'), v.view_definition) > 0)
        UNION ALL
        SELECT CONCAT('trigger ', trigger_name)
        FROM information_schema.triggers
        WHERE event_object_schema = database() AND event_object_table = @p0
        ORDER BY 1
        """;
}
