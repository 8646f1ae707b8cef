using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines.SqlServer;

/// <summary>
/// Triggers that let two releases share a table. One is fired for a whole statement, when its rows are written, and writes those once more that need it:
/// it finds them by their key. What it writes fires it again where the database has it so, and then it finds nothing to do; a statement without rows
/// fires it too, so it ends at once where there are none. Writes are counted in a row for each session.
/// </summary>
internal sealed class SqlServerTriggers(Func<string, string> quote)
{
    public TriggerObjects Sync(SyncSpec spec, ObjectNames names)
    {
        var (olds, news, name) = (spec.Old, spec.New, quote(spec.Table.Name));
        string Keys(string one, string other) => string.Join(" AND ", spec.Key.Select(key => $"{one}.{quote(key)} = {other}.{quote(key)}"));
        var written = $"EXISTS (SELECT 1 FROM inserted AS [~new] WHERE {Keys("[~new]", name)})";
        var known = $"EXISTS (SELECT 1 FROM deleted AS [~old] WHERE {Keys("[~old]", name)})";
        string From(params IEnumerable<string> conditions) => $"FROM {spec.Table.Quoted(quote)} AS {name} WHERE {string.Join(" AND ", conditions.Prepend(written))}";
        string Update(IEnumerable<string> sets, params IEnumerable<string> conditions) => $"UPDATE {name} SET {string.Join(", ", sets)} {From(conditions)};";
        IEnumerable<string> Made(IEnumerable<SyncedColumn> side) => side.Select(column => $"{quote(column.Name)} = {column.Sql}");
        string Empty(IEnumerable<SyncedColumn> side) => string.Join(" AND ", side.Select(column => $"{quote(column.Name)} IS NULL"));
        string Astray(IEnumerable<SyncedColumn> side) => Any(side.Select(column => SqlServerBackfill.Differ(quote(column.Name), column.Sql, column.ByImage)));
        string Changed(IEnumerable<SyncedColumn> side) =>
            $"EXISTS (SELECT 1 FROM inserted AS [~new] JOIN deleted AS [~old] ON {Keys("[~new]", "[~old]")} WHERE {Keys("[~new]", name)} AND {Any(side.Select(column => SqlServerBackfill.Differ($"[~new].{quote(column.Name)}", $"[~old].{quote(column.Name)}", column.ByImage)))})";
        var (mine, both) = (spec.NewHolds ? $"({Changed(news)} OR NOT {Changed(olds)})" : Changed(news), $"{Astray(news)} AND {Astray(olds)}");
        var made = Any(news.Select(column => $"({column.Sql}) IS NOT NULL"));
        return Objects(spec.Table, names, Trigger(spec.Table, names.Trigger, "INSERT, UPDATE",
        [
            .. news.Where(column => column.Given is not null).Select(column => Update([$"{quote(column.Name)} = {column.Given}"], $"NOT {known}", Empty(olds), Empty(news))),
            $"IF EXISTS (SELECT 1 {From($"NOT {known}", Empty(news), made)})",
            .. Count(spec.Table, names),
            Update(Made(news), $"NOT {known}", Empty(news), made),
            Update(Made(olds), $"NOT {known}", Astray(news)),
            Update(Made(olds), known, mine, both),
            $"IF EXISTS (SELECT 1 {From(known, $"NOT {mine}", Changed(olds), both)})",
            .. Count(spec.Table, names),
            Update(Made(news), known, $"NOT {mine}", both),
        ]));
    }

    public TriggerObjects FillNulls(Table table, string column, string sql, ObjectNames names)
    {
        var name = quote(table.Name.Name);
        var keys = string.Join(" AND ", (table.PrimaryKey?.Columns ?? []).Select(key => $"[~new].{quote(key)} = {name}.{quote(key)}"));
        var from = $"FROM {table.Name.Quoted(quote)} AS {name} WHERE EXISTS (SELECT 1 FROM inserted AS [~new] WHERE {keys}) AND {quote(column)} IS NULL AND ({sql}) IS NOT NULL";
        return Objects(table.Name, names, Trigger(table.Name, names.Trigger, "INSERT, UPDATE",
        [
            $"IF EXISTS (SELECT 1 {from})",
            .. Count(table.Name, names),
            $"UPDATE {name} SET {quote(column)} = {sql} {from};",
        ]));
    }

    /// <summary>An UPDATE counts where it names the column: EF names those that it changes.</summary>
    public TriggerObjects CountWrites(TableName table, string column, string? given, ObjectNames names) => Objects(table, names, Trigger(table, names.Trigger, "INSERT, UPDATE",
    [
        $"IF (EXISTS (SELECT 1 FROM deleted) AND UPDATE({quote(column)})) OR (NOT EXISTS (SELECT 1 FROM deleted) AND EXISTS (SELECT 1 FROM inserted AS [~new] WHERE {SqlServerBackfill.Differ($"[~new].{quote(column)}", given ?? "NULL", byImage: false)}))",
        .. Count(table, names),
    ]));

    public TriggerObjects CountStatements(TableName table, ObjectNames names) =>
        Objects(table, names, Trigger(table, names.Trigger, "INSERT, UPDATE, DELETE", Count(table, names)));

    private IReadOnlyList<string> Count(TableName table, ObjectNames names) =>
    [
        "BEGIN",
        $"    UPDATE {Counter(table, names)} SET [writes] = [writes] + 1 WHERE [session] = @@SPID;",
        $"    IF @@ROWCOUNT = 0 INSERT INTO {Counter(table, names)} ([session], [writes]) VALUES (@@SPID, 1);",
        "END;",
    ];

    private static string Any(IEnumerable<string> conditions) => $"({string.Join(" OR ", conditions)})";

    private string Counter(TableName table, ObjectNames names) => new TableName(table.Schema, names.Counter).Quoted(quote);

    /// <summary>A batch of its own inside the migration's: a trigger has to be the first of its batch, and a script has none to spare.</summary>
    private (string Name, string Create) Trigger(TableName table, string trigger, string events, IReadOnlyList<string> statements)
    {
        var name = new TableName(table.Schema, trigger).Quoted(quote);
        return (name, $"EXEC({SqlServerPhases.Text($"""
            CREATE OR ALTER TRIGGER {name} ON {table.Quoted(quote)} AFTER {events} AS
            BEGIN
                IF TRIGGER_NESTLEVEL(@@PROCID) > 8 OR (NOT EXISTS (SELECT 1 FROM inserted) AND NOT EXISTS (SELECT 1 FROM deleted)) RETURN;
                SET NOCOUNT ON;
                {string.Join("\n    ", statements)}
            END;
            """)});");
    }

    private TriggerObjects Objects(TableName table, ObjectNames names, (string Name, string Create) trigger)
    {
        var counter = Counter(table, names);
        return new(
            [
                $"IF OBJECT_ID({SqlServerPhases.Text(counter)}) IS NULL CREATE TABLE {counter} ([session] smallint NOT NULL PRIMARY KEY, [writes] bigint NOT NULL);",
                trigger.Create,
            ],
            [$"DROP TRIGGER IF EXISTS {trigger.Name};", $"DROP TABLE IF EXISTS {counter};"]);
    }
}
