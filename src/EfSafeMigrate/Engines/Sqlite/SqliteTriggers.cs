using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines.Sqlite;

/// <summary>
/// Triggers that let two releases share a table. None can change a row that is about to be written, so each writes it once more, in the statement that wrote
/// it: nobody sees what stood there between. What they write fires the others, which find the two sides equal. Statements of a trigger have no
/// conditions but their WHERE.
/// </summary>
internal sealed class SqliteTriggers(Func<string, string> quote)
{
    private const string Row = "_rowid_ = NEW._rowid_";

    public TriggerObjects Sync(SyncSpec spec, ObjectNames names)
    {
        var (olds, news, table) = (spec.Old, spec.New, quote(spec.Table.Name));
        string Update(IEnumerable<string> sets, params IEnumerable<string> conditions) => $"UPDATE {table} SET {string.Join(", ", sets)} WHERE {string.Join(" AND ", conditions.Prepend(Row))};";
        IEnumerable<string> Made(IEnumerable<SyncedColumn> side) => side.Select(column => $"{quote(column.Name)} = {Sql(column)}");
        string Empty(IEnumerable<SyncedColumn> side) => string.Join(" AND ", side.Select(column => $"{quote(column.Name)} IS NULL"));
        string Changed(IReadOnlyList<SyncedColumn> side) => Any(side.Select(column => $"NEW.{quote(column.Name)} COLLATE BINARY IS NOT OLD.{quote(column.Name)}"));
        var (written, both) = ($"({Changed(news)}{(spec.NewHolds ? $" OR NOT {Changed(olds)}" : "")})", $"{Astray(news)} AND {Astray(olds)}");
        // A row that is not filled yet may get a side piece by piece: what a statement leaves out is made of the other side, not lost.
        IEnumerable<string> Completed(IReadOnlyList<SyncedColumn> side, string when) => side.Count == 1 || (side == olds) != spec.NewHolds ? [] :
        [
            Update(
                side.Select(column => $"{quote(column.Name)} = CASE WHEN {Changed([column])} THEN {quote(column.Name)} ELSE {Sql(column)} END"),
                when, both, $"EXISTS (SELECT 1 FROM (SELECT {string.Join(", ", spec.Row.Select(name => $"OLD.{quote(name)} AS {quote(name)}"))}) AS {table} WHERE {both})"),
        ];
        var count = Count(names);
        return Objects(names,
            Trigger(names.Trigger, spec.Table, "INSERT", null,
            [
                .. news.Where(column => column.Given is not null).Select(column => Update([$"{quote(column.Name)} = {SqliteBatches.Named(column.Given!)}"], Empty(olds), Empty(news))),
                $"{count} WHERE EXISTS (SELECT 1 FROM {table} WHERE {Row} AND {Empty(news)} AND {Any(news.Select(column => $"({Sql(column)}) IS NOT NULL"))});",
                Update(Made(news), Empty(news), Any(news.Select(column => $"({Sql(column)}) IS NOT NULL"))),
                .. olds.Where(column => column.Needed).Select(column => Update(Made([column]), $"{quote(column.Name)} IS NULL", $"({Sql(column)}) IS NOT NULL")),
                Update(Made(olds), Astray(news)),
            ]),
            Trigger(names.Function, spec.Table, $"UPDATE OF {string.Join(", ", olds.Concat(news).Select(column => quote(column.Name)))}", null,
            [
                .. Completed(news, written),
                Update(Made(olds), written, both),
                $"{count} WHERE NOT {written} AND {Changed(olds)} AND EXISTS (SELECT 1 FROM {table} WHERE {Row} AND {both});",
                .. Completed(olds, $"NOT {written}"),
                Update(Made(news), $"NOT {written}", both),
            ]));
    }

    public TriggerObjects FillNulls(Table table, string column, string sql, ObjectNames names)
    {
        var (name, value) = (quote(column), SqliteBatches.Named(sql));
        string[] statements =
        [
            $"{Count(names)} WHERE EXISTS (SELECT 1 FROM {quote(table.Name.Name)} WHERE {Row} AND {name} IS NULL AND ({value}) IS NOT NULL);",
            $"UPDATE {quote(table.Name.Name)} SET {name} = {value} WHERE {Row} AND {name} IS NULL AND ({value}) IS NOT NULL;",
        ];
        return Objects(names,
            Trigger(names.Trigger, table.Name, "INSERT", $"NEW.{name} IS NULL", statements), Trigger(names.Function, table.Name, "UPDATE", $"NEW.{name} IS NULL", statements));
    }

    public TriggerObjects CountWrites(TableName table, string column, string? given, ObjectNames names)
    {
        var name = quote(column);
        return Objects(names,
            Trigger(names.Trigger, table, "INSERT", $"NEW.{name} IS NOT {given ?? "NULL"}", [$"{Count(names)};"]),
            Trigger(names.Function, table, $"UPDATE OF {name}", $"NEW.{name} COLLATE BINARY IS NOT OLD.{name}", [$"{Count(names)};"]));
    }

    /// <summary>There is no trigger for a statement: rows are counted.</summary>
    public TriggerObjects CountStatements(TableName table, ObjectNames names) => Objects(names,
        Trigger(names.Trigger, table, "INSERT", null, [$"{Count(names)};"]),
        Trigger(names.Function, table, "UPDATE", null, [$"{Count(names)};"]),
        Trigger(names.Count, table, "DELETE", null, [$"{Count(names)};"]));

    private string Count(ObjectNames names) => $"UPDATE {quote(names.Counter)} SET \"writes\" = \"writes\" + 1";

    /// <summary>As it would be stored, with what a column of it converts a value to.</summary>
    private string Astray(IReadOnlyList<SyncedColumn> side) => Any(side.Select(column => $"{quote(column.Name)} COLLATE BINARY IS NOT +({Sql(column)})"));

    private static string Sql(SyncedColumn column) => SqliteBatches.Named(column.Sql);

    private static string Any(IEnumerable<string> conditions) => $"({string.Join(" OR ", conditions)})";

    private (string Name, string Text) Trigger(string name, TableName table, string what, string? when, IReadOnlyList<string> statements) => (name,
        $"""
        CREATE TRIGGER {quote(name)} AFTER {what} ON {quote(table.Name)} FOR EACH ROW{(when is null ? "" : $" WHEN {when}")}
        BEGIN
            {string.Join("\n    ", statements)}
        END;
        """);

    private TriggerObjects Objects(ObjectNames names, params IReadOnlyList<(string Name, string Text)> triggers)
    {
        var counter = quote(names.Counter);
        return new(
            [
                $"CREATE TABLE IF NOT EXISTS {counter} (\"writes\" INTEGER NOT NULL);",
                $"INSERT INTO {counter} (\"writes\") SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM {counter});",
                .. triggers.Select(trigger => trigger.Text),
            ],
            [.. triggers.Select(trigger => $"DROP TRIGGER IF EXISTS {quote(trigger.Name)};"), $"DROP TABLE IF EXISTS {counter};"]);
    }
}
